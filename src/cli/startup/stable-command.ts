import { basename, dirname, isAbsolute, join } from 'node:path';

/** How `pm` was started, and what there is on disk. */
export interface Invocation {
  /** Absolute path of the script, as it was called. */
  readonly script: string;
  /** Absolute path of Node. */
  readonly node: string;
  /** PATH of the caller. */
  readonly path: string;
  readonly exists: (path: string) => boolean;
}

/** A command that still finds `pm` and Node after either was upgraded. */
export interface StableCommand {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The folder of one version that the command depends on: nothing stable was found. */
  readonly frozen?: string;
}

const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Folders that hold one version of Node, or that are there for one shell or project. */
const ONE_VERSION =
  /\/versions\/|\/node-versions\/|\/installs\/|\/tools\/image\/|\/Cellar\/|fnm_multishells|node_modules\/\.bin/;

/**
 * Version managers keep each version in a folder of its own, and one place that leads to the one in use: nvm-exec of nvm, shims of
 * asdf, mise and nodenv, an alias of fnm, bin of volta. Where there is one, it is taken; else the folder that `pm` was found in.
 */
export function stableCommand(invocation: Invocation): StableCommand {
  const { script, node, path, exists } = invocation;
  const name = basename(script).replace(/\.[cm]?js$/, '');
  const above = [...new Set([...ancestors(script), ...ancestors(node)])];
  const callers = path.split(':').filter((folder) => isAbsolute(folder) && !ONE_VERSION.test(folder));
  const pathOf = (...first: string[]) => [...new Set([...first, ...callers, ...SYSTEM_FOLDERS])].join(':');
  const nvm = above.find((folder) => exists(join(folder, 'nvm-exec')) && exists(join(folder, 'alias/default')));
  if (nvm !== undefined) {
    return { command: [join(nvm, 'nvm-exec'), name], env: { PATH: pathOf(), NODE_VERSION: 'default' } };
  }
  const managed = above.flatMap((folder) => [
    join(folder, 'shims'),
    join(folder, 'aliases/default/bin'),
    ...(exists(join(folder, 'tools/image')) ? [join(folder, 'bin')] : []),
  ]);
  const shims = managed.find((folder) => exists(join(folder, name)));
  if (shims !== undefined) return { command: ['/usr/bin/env', name], env: { PATH: pathOf(shims) } };
  return plainCommand(invocation, { name, pathOf });
}

function plainCommand(
  { script, node, path, exists }: Invocation,
  { name, pathOf }: { name: string; pathOf: (...first: string[]) => string },
): StableCommand {
  const folders = [dirname(script), ...ancestors(script).map((folder) => join(folder, 'bin'))];
  const own = folders.find((folder) => exists(join(folder, name)));
  // Where the caller finds Node is a link to its version at best, as with Homebrew; process.execPath is the version itself.
  const found = path.split(':').find((folder) => isAbsolute(folder) && exists(join(folder, 'node')));
  const nodeFolder = found !== undefined && !ONE_VERSION.test(found) ? found : dirname(node);
  const frozen = [own ?? dirname(script), nodeFolder].find((folder) => ONE_VERSION.test(`${folder}/`));
  return {
    command: own === undefined ? ['/usr/bin/env', 'node', script] : ['/usr/bin/env', name],
    env: { PATH: own === undefined ? pathOf(nodeFolder) : pathOf(own, nodeFolder) },
    ...(frozen === undefined ? {} : { frozen }),
  };
}

/** The folders above a path, nearest first. */
function ancestors(path: string): string[] {
  const folder = dirname(path);
  return folder === dirname(folder) ? [folder] : [folder, ...ancestors(folder)];
}
