import { text } from 'node:stream/consumers';
import { isEcosystemFile } from '../config/ecosystem-files.ts';
import { keyNamed } from '../config/keys.ts';
import type { ReadContext } from '../config/read-context.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import type { Outcome } from '../shared/outcome.ts';
import { type Input, type Options, type Session, textOption } from './command.ts';

/** Options that share a name with a key of an app and mean something else. */
const OWN_OPTIONS: readonly string[] = ['env', 'force', 'user'];

/** Whether an operand stands for a definition of apps: a file by its name, or `-` for stdin. */
export const isDefinition = (operand: string): boolean => operand === '-' || isEcosystemFile(operand);

/** Reads the apps of a definition as the options of the command say. */
export async function readApps(operand: string, input: Input, session: Session): Promise<Outcome<AppSpec[]>> {
  const { readDefinition, readEcosystemFile } = await import('../config/ecosystem.ts'); // with its parsers, larger than all else
  const context = readContext(input, session);
  return operand === '-' ? readDefinition(await text(process.stdin), context) : readEcosystemFile(operand, context);
}

/** What the readers of definitions need to know of a command. */
export function readContext({ options }: Input, { cwd, env, out }: Session): ReadContext {
  const envName = textOption(options, 'env');
  const only = textOption(options, 'only');
  return {
    cwd,
    shellEnv: shellEnv(env),
    warn: (text) => out.warn(text),
    ...(envName === undefined ? {} : { envName }),
    ...(only === undefined ? {} : { only: only.split(/[\s,]+/).filter((name) => name !== '') }),
    flags: appFlags(options),
  };
}

/** The variables of the shell; those that are not set have no place in JSON. */
export function shellEnv(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The options that are keys of an app. */
export function appFlags(options: Options): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([name]) => !OWN_OPTIONS.includes(name) && keyNamed(name) !== undefined)
      .map(([name, value]) => [name, name === 'watchDelay' ? inSeconds(value) : value]),
  );
}

/** PM2 takes a plain number after `--watch-delay` for seconds. */
const inSeconds = (value: Options[string]) =>
  typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? `${value}s` : value;
