import { closeSync, openSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { rotatedLogs, rotatedName } from '../shared/rotated-log.ts';

/** Size from which on a log of our own is put away. */
export const OWN_LOG_BYTES = 10 * 1024 * 1024;

/** How many are kept of each. */
const KEPT = 3;

/** Renames a log of our own that has grown too large; whoever writes to it has to open it anew. Does nothing when the disk does not let it. */
export async function putAwayIfLarge(path: string, maxBytes = OWN_LOG_BYTES): Promise<void> {
  try {
    if ((await stat(path)).size < maxBytes) return;
    const folder = dirname(path);
    const rotated = rotatedLogs(basename(path), await readdir(folder));
    const next = join(folder, rotatedName(basename(path), (rotated.at(-1)?.seq ?? 0) + 1, Date.now()));
    await rename(path, next);
    const tooMany = rotated.slice(0, Math.max(0, rotated.length + 1 - KEPT));
    await Promise.all(tooMany.map(({ name }) => rm(join(folder, name), { force: true })));
  } catch {
    // a log that is too long is better than a daemon that stops for it
  }
}

/**
 * Opens a log of our own anew, for what was open as `fd`, and gives the descriptor: the same number, so that Node's own last words, which
 * go to standard error, follow. There is no dup2(2) in Node, but open(2) takes the lowest number that is free; only where a thread of
 * Node's was faster with a file of its own, it is another. Throws the system's error, and all is as before.
 */
export function openAnew(path: string, fd: number): number {
  const spare = openSync(path, 'a', 0o600);
  closeSync(fd);
  try {
    const again = openSync(path, 'a', 0o600);
    closeSync(spare);
    return again;
  } catch {
    return spare;
  }
}
