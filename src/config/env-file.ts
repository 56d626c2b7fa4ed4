import * as util from 'node:util';
import type { ParsedApp } from './app-values.ts';
import type { Finding } from './findings.ts';
import { type Kind, text } from './kinds.ts';
import { absolute, whatIs } from './path-search.ts';

/** One path, or several; false: none. */
export const envFilePaths: Kind<readonly string[]> = {
  expects: 'a path, or a list of paths',
  parse(value) {
    if (value === false || value === null) return { value: [] };
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    const isPath = (item: unknown): item is string => typeof item === 'string' && 'value' in text.parse(item);
    return items.every(isPath) ? { value: items } : { rule: envFilePaths.expects };
  },
};

/** The files, each in the first of the folders that has it. */
export function envFilePlan({ values, placeOf }: ParsedApp, folders: readonly string[], found: Finding[]): string[] {
  if (values.env_file.length === 0) return [];
  const at = placeOf('env_file');
  if (!('parseEnv' in util)) found.push({ at, says: `needs Node 20.12 or newer; this is ${process.versions.node}` });
  return values.env_file.map((given) => {
    const candidates = folders.map((folder) => absolute(given, folder));
    const path = candidates.find((candidate) => whatIs(candidate) === 'file');
    if (path === undefined) found.push({ at, says: `is no file: ${candidates[0]}` });
    return path ?? given;
  });
}
