import type { AppSpec } from '../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { parseApp } from './app-values.ts';
import { checkCron } from './cron-check.ts';
import { type Finding, sentenceOf } from './findings.ts';
import { makeSpec } from './make-spec.ts';
import type { ReadContext } from './read-context.ts';

/** Makes an app of a script and flags. A problem of the script comes as itself, mistakes in flags as `usage/invalid`. */
export async function specFromCommandLine(
  script: string,
  args: readonly string[],
  context: ReadContext,
): Promise<Outcome<AppSpec>> {
  const found: Finding[] = [];
  if (context.envName !== undefined) {
    const says = `picks "env_${context.envName}" of an ecosystem file, and "${script}" is a script`;
    if (context.warn) context.warn(`--env ${says}: it has no effect`);
    else found.push({ at: '--env', says });
  }
  const app = parseApp({ at: '', fields: { script, args } }, context, found);
  await checkCron(app, found);
  const spec = makeSpec(
    app,
    {
      folders: [context.cwd],
      shellEnv: context.shellEnv,
      envName: undefined,
      deployEnv: {},
      configFile: null,
    },
    found,
  );
  const [first] = found;
  if (spec && !first) return succeed(spec);
  const alone = found.length === 1 ? first?.problem : undefined;
  return fail(alone ?? problem('usage/invalid', { message: found.map(sentenceOf).join('\n') }));
}
