import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** `--watch` takes what follows it for its path only where that is a folder, so that it swallows no script. `--watch=<path>` always does. */
export function withBareWatch(args: readonly string[], cwd: string): string[] {
  const isBare = (arg: string, at: number): boolean => {
    const following = args[at + 1];
    if (arg !== '--watch' || following === undefined || following.startsWith('-')) return false;
    return !isFolder(resolve(cwd, following));
  };
  // At the end there is nothing left to take.
  return [...args.filter((arg, at) => !isBare(arg, at)), ...args.filter(isBare)];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
