import { statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Looked for, in this order, when a command names no file. */
const defaultNames = [
  'ecosystem.config.js',
  'ecosystem.config.cjs',
  'ecosystem.config.mjs',
  'ecosystem.config.ts',
  'ecosystem.config.mts',
  'ecosystem.config.json',
  'ecosystem.yml',
  'ecosystem.yaml',
  'ecosystem.config.yml',
  'ecosystem.config.yaml',
  'ecosystem.json',
  'ecosystem.json5',
];

/** Whether a path names a definition of apps rather than a script. Judged by the name alone; the file may be missing. */
export function isEcosystemFile(target: string): boolean {
  const name = basename(target).toLowerCase();
  return /\.(json5?|ya?ml)$/.test(name) || /\.config\.[cm]?[jt]s$/.test(name) || /^ecosystem\.[cm]?[jt]s$/.test(name);
}

/** Absolute path of the definition in a folder, or undefined when it has none. */
export function findDefaultEcosystemFile(cwd: string): string | undefined {
  return defaultNames
    .map((name) => join(cwd, name))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
