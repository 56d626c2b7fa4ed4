/** What became of the lines that apps/print-lines.js wrote. */
export interface LineDamage {
  readonly lost: number;
  /** Lines that are not as they were written. */
  readonly torn: number;
  readonly repeated: number;
}

const LINE = /^line (\d{7}) x+$/;

/** Checks `text` against the lines 0 to `lines` - 1 of `bytes` bytes each, newline included. */
export function checkNumberedLines(text: string, { lines, bytes }: { lines: number; bytes: number }): LineDamage {
  const seen = new Uint8Array(lines);
  let torn = 0;
  let repeated = 0;
  let found = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const number = line.length === bytes - 1 ? Number(LINE.exec(line)?.[1] ?? -1) : -1;
    if (number < 0 || number >= lines) torn++;
    else if (seen[number]) repeated++;
    else {
      seen[number] = 1;
      found++;
    }
  }
  return { lost: lines - found, torn, repeated };
}
