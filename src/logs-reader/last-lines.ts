import type { FileHandle } from 'node:fs/promises';
import type { LogSegment } from './log-segment.ts';

const NEWLINE = 0x0a;
const BLOCK_BYTES = 64 * 1024;

/** Where the last lines of a file begin, and how many there are (fewer than wanted: the file has no more). */
export interface LinesAt {
  readonly offset: number;
  readonly lines: number;
}

/** Looks from the end backwards (for infinitely many: not at all), however long the lines are, in constant memory. */
export async function findLastLines(handle: FileHandle, sizeBytes: number, wanted: number): Promise<LinesAt> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let lines = 0;
  if (wanted === Number.POSITIVE_INFINITY) return { offset: 0, lines };
  if (wanted === 0 || sizeBytes === 0) return { offset: sizeBytes, lines };
  // The newline that ends the last line does not begin another.
  for (let end = sizeBytes - 1; end > 0; ) {
    const start = Math.max(0, end - BLOCK_BYTES);
    const { bytesRead } = await handle.read(block, 0, end - start, start);
    if (bytesRead === 0) break;
    for (let at = bytesRead; at > 0; ) {
      at = block.lastIndexOf(NEWLINE, at - 1);
      if (at === -1) break;
      lines += 1;
      if (lines === wanted) return { offset: start + at + 1, lines };
    }
    end = start;
  }
  return { offset: 0, lines: lines + 1 };
}

/** The same for a file that can only be read forwards. */
export async function findLastLinesForward(segment: LogSegment, wanted: number): Promise<LinesAt> {
  if (wanted === Number.POSITIVE_INFINITY) return { offset: 0, lines: 0 };
  /** Where each of the last lines begins, as a ring. */
  const begins: number[] = [];
  let lines = 0;
  let begin = 0;
  let offset = 0;
  for (let chunk = await segment.read(); chunk !== null; chunk = await segment.read()) {
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) {
      begins[lines % wanted] = begin;
      lines += 1;
      begin = offset + at + 1;
    }
    offset += chunk.length;
  }
  if (lines <= wanted) return { offset: 0, lines };
  return { offset: begins[lines % wanted] ?? 0, lines: wanted };
}
