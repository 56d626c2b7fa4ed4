const TAIL_BYTES = 4096;
const TAIL_LINES = 20;

/** The last of what a worker wrote to stderr, for the report of its death. At most 4 KB and 20 lines. */
export class StderrTail {
  #bytes: Buffer = Buffer.alloc(0);
  #cut = false;

  push(chunk: Buffer): void {
    const joined = chunk.length >= TAIL_BYTES ? chunk : Buffer.concat([this.#bytes, chunk]);
    if (joined.length > TAIL_BYTES) this.#cut = true;
    this.#bytes = Buffer.from(joined.subarray(-TAIL_BYTES));
  }

  /** Oldest first. A line that lost its beginning is left out unless there is no other. */
  lines(): string[] {
    const lines = this.#bytes.toString('utf8').split('\n');
    if (lines.at(-1) === '') lines.pop();
    if (this.#cut && lines.length > 1) lines.shift();
    return lines.slice(-TAIL_LINES);
  }
}
