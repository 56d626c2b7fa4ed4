import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { AppSpec } from '../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';

/**
 * The variables of an app's `env_file`, read anew at every start; a later file is stronger. What the definition itself sets is not among
 * them. Read at once: a start is one step.
 */
export function readEnvFiles({ envFiles, ownEnv }: AppSpec): Outcome<Readonly<Record<string, string>>> {
  const variables: Record<string, string> = {};
  for (const path of envFiles) {
    try {
      // Node's own syntax; a value is undefined in its types only (util.parseEnv, Node 20.12 and newer, which config/ checks).
      for (const [name, value = ''] of Object.entries(parseEnv(readFileSync(path, 'utf8')))) variables[name] = value;
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      return fail(problem('env-file/unreadable', { path, reason }));
    }
  }
  for (const name of ownEnv) delete variables[name];
  return succeed(variables);
}
