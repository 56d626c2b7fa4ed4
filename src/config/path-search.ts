import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** Where programs are started from without PATH: _PATH_DEFPATH of <paths.h>. */
const DEFAULT_PATH = '/usr/bin:/bin';

/** Absolute path of a program that PATH leads to, or undefined. A name with a slash is not looked up. */
export function findInPath(name: string, path: string | undefined): string | undefined {
  if (name.includes('/') || name === '') return undefined;
  const folders = (path ?? DEFAULT_PATH).split(':').filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name)).find((candidate) => isExecutable(candidate));
}

/** Whether a path is a file that this user may execute. */
export const isExecutable = (path: string): boolean => whatIs(path) === 'file' && mayDo(path, constants.X_OK);

/** Whether this user may read a path. */
export const isReadable = (path: string): boolean => mayDo(path, constants.R_OK);

function mayDo(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** What stands at a path: a reason such as EACCES when that cannot be told. */
export function whatIs(path: string): 'file' | 'folder' | 'nothing' | { readonly reason: string } {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? 'nothing' : stats.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return code === 'ENOTDIR' || code === 'ENAMETOOLONG' ? 'nothing' : { reason: reasons[code] ?? code };
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  ELOOP: 'its symbolic links form a circle',
};

/** An absolute path: `~` is the home folder, anything relative starts at `base`. */
export const absolute = (path: string, base: string): string =>
  path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : resolve(base, path);
