import { copyFile, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { rotatedLogs, rotatedName } from '../shared/rotated-log.ts';

/** Size from which on a log of our own is put away. */
export const OWN_LOG_BYTES = 10 * 1024 * 1024;

/** How many are kept of each. */
const KEPT = 3;

/**
 * Puts away a log of our own that has grown too large. `rename`: nobody writes to it yet. `copy`: it is somebody's standard error,
 * which cannot be opened anew; nothing may be written meanwhile. Does nothing when the disk does not let it.
 */
export async function putAwayIfLarge(path: string, how: 'rename' | 'copy', maxBytes = OWN_LOG_BYTES): Promise<void> {
  try {
    if ((await stat(path)).size < maxBytes) return;
    const folder = dirname(path);
    const rotated = rotatedLogs(basename(path), await readdir(folder));
    const next = join(folder, rotatedName(basename(path), (rotated.at(-1)?.seq ?? 0) + 1, Date.now()));
    if (how === 'rename') await rename(path, next);
    else await copyFile(path, next).then(() => truncate(path));
    const tooMany = rotated.slice(0, Math.max(0, rotated.length + 1 - KEPT));
    await Promise.all(tooMany.map(({ name }) => rm(join(folder, name), { force: true })));
  } catch {
    // a log that is too long is better than a daemon that stops for it
  }
}
