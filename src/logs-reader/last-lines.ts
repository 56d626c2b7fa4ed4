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

/** The last lines of what can only be read forwards, and how many they are. Holds no more than them and one chunk. */
export async function readLastLines(segment: LogSegment, wanted: number): Promise<{ bytes: Buffer; lines: number }> {
  let kept: { readonly bytes: Buffer; readonly lines: number }[] = [];
  let lines = 0;
  for (let chunk = await segment.read(); chunk !== null; chunk = await segment.read()) {
    const one = { bytes: Buffer.from(chunk), lines: countLines(chunk) };
    kept.push(one);
    lines += one.lines;
    // The newline that ends the line before the first one wanted is needed too.
    let enough = 0;
    for (let rest = lines; rest - (kept[enough]?.lines ?? 0) > wanted; enough += 1) rest -= kept[enough]?.lines ?? 0;
    for (const gone of kept.slice(0, enough)) lines -= gone.lines;
    if (enough > 0) kept = kept.slice(enough);
  }
  return cutToLast(Buffer.concat(kept.map(({ bytes }) => bytes)), wanted);
}

function cutToLast(bytes: Buffer, wanted: number): { bytes: Buffer; lines: number } {
  let at = bytes.length - 1;
  for (let lines = 0; at > 0; lines += 1) {
    at = bytes.lastIndexOf(NEWLINE, at - 1);
    if (at === -1) return { bytes, lines: lines + 1 };
    if (lines + 1 === wanted) return { bytes: bytes.subarray(at + 1), lines: wanted };
  }
  return { bytes, lines: bytes.length > 0 ? 1 : 0 };
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}
