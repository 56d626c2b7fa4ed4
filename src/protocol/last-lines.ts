import { open } from 'node:fs/promises';

/** Enough for a stack trace of usual size. */
const TAIL_BYTES = 16 * 1024;

/** The last lines of a file that were written after offset `from`; none when it cannot be read. */
export async function readLastLines(path: string, { from, lines }: { from: number; lines: number }): Promise<string[]> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return [];
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(size - start, 0)), { position: start });
    const text = buffer.toString('utf8', 0, bytesRead).trimEnd();
    return text === '' ? [] : text.split('\n').slice(-lines);
  } finally {
    await file.close();
  }
}
