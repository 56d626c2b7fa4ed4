import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { AppSpec } from '../shared/app-spec.ts';
import { type Problem, problem } from '../shared/problems.ts';

/**
 * What is wrong with the script of an app at this moment; undefined: nothing. It was checked when the app was declared, but
 * a deploy may have moved it since. A name found in PATH and the text of a shell command are not paths to check.
 */
export async function checkScript(spec: AppSpec): Promise<Problem | undefined> {
  const path = spec.script;
  if (!isAbsolute(path) || /\s/.test(path)) return undefined;
  try {
    if ((await stat(path)).isDirectory()) return problem('script/directory', { path });
    await access(path, constants.R_OK);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT'
      ? problem('script/not-found', { path })
      : problem('script/unreadable', { path, reason: code });
  }
}
