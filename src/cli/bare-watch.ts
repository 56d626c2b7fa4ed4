import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** `--watch` takes what follows it for its path only where that is a folder, so that it swallows no script. `--watch=<path>` always does. */
export function withBareWatch(args: readonly string[], cwd: string): string[] {
  return args.map((arg, at) => {
    const following = args[at + 1];
    if (arg !== '--watch' || following === undefined || following.startsWith('-')) return arg;
    return isFolder(resolve(cwd, following)) ? arg : '--watch=true';
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
