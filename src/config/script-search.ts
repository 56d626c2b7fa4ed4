import { join } from 'node:path';
import type { Outcome } from '../shared/outcome.ts';
import { fail, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { absolute, findInPath, isExecutable, isReadable, whatIs } from './path-search.ts';
import { SERVE, staticServerScript } from './static-server-script.ts';

/** What `script` turned out to be. */
export type FoundScript =
  /** `base` is the folder that the relative path started at. */
  | { readonly how: 'file'; readonly path: string; readonly base: string }
  | { readonly how: 'program'; readonly name: string; readonly path: string }
  | { readonly how: 'shell-line'; readonly line: string };

/** Where a script is looked for. */
export interface ScriptSearch {
  /** Folders that a relative path may start at, first to last. */
  readonly folders: readonly string[];
  /** PATH of the app. */
  readonly path: string | undefined;
  /** Whether a text with a space in it may be a line for the shell. */
  readonly mayBeLine: boolean;
}

/** Finds a script: in the folders, then as a program in PATH; else a text with a space is a line for the shell. */
export function findScript(script: string, { folders, path, mayBeLine }: ScriptSearch): Outcome<FoundScript> {
  const candidates = folders.map((base) => ({ base, path: absolute(script, base) }));
  const file = candidates.find((candidate) => whatIs(candidate.path) === 'file');
  if (file) {
    return isReadable(file.path) || isExecutable(file.path)
      ? succeed({ how: 'file', ...file })
      : fail(problem('script/unreadable', { path: file.path, reason: 'permission denied' }));
  }
  if (script === SERVE) return succeed({ how: 'file', path: staticServerScript(), base: folders[0] ?? '' });
  const program = findInPath(script, path);
  if (program) return succeed({ how: 'program', name: script, path: program });
  if (mayBeLine && /\s/.test(script)) return succeed({ how: 'shell-line', line: script });
  for (const candidate of candidates) {
    const there = whatIs(candidate.path);
    if (there === 'folder')
      return fail(problem('script/directory', { path: candidate.path, ...mainOf(candidate.path) }));
    if (typeof there === 'object')
      return fail(problem('script/unreadable', { path: candidate.path, reason: there.reason }));
  }
  return fail(problem('script/not-found', { path: candidates[0]?.path ?? script }));
}

/** The file of a folder that was probably meant. */
function mainOf(folder: string): { file?: string } {
  const names = ['index.js', 'index.mjs', 'index.ts', 'server.js', 'app.js', 'main.js'];
  const file = names.map((name) => join(folder, name)).find((path) => whatIs(path) === 'file');
  return file === undefined ? {} : { file };
}
