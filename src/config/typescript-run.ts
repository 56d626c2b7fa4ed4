import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Whether a version of Node runs TypeScript: by itself, with `--experimental-strip-types`, or not. Source: the
 * documentation of Node, "TypeScript": the flag came with 22.6, and is on by default since 22.18 and 23.6.
 */
export function runsTypeScript(version: string): 'yes' | 'with-flag' | 'no' {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)) return 'yes';
  return major === 23 || (major === 22 && minor >= 6) ? 'with-flag' : 'no';
}

/** Arguments with which Node runs a TypeScript file, or undefined when it cannot: tsx has to be installed then. */
export function typeScriptArgs(path: string, version: string, tsx: string | undefined): readonly string[] | undefined {
  const native = /\.(tsx|jsx)$/.test(path) ? 'no' : runsTypeScript(version); // Node strips types, it does not know JSX
  if (native === 'yes') return [];
  if (native === 'with-flag') return ['--experimental-strip-types'];
  return tsx === undefined ? undefined : ['--import', tsx];
}

/** URL of the loader of the tsx that is installed for the programs of a folder, or undefined. */
export function tsxLoader(folder: string): string | undefined {
  try {
    return pathToFileURL(createRequire(join(folder, 'any.js')).resolve('tsx')).href;
  } catch {
    return undefined;
  }
}
