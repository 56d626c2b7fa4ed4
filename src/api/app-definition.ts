import { specFromCommandLine } from '../config/command-line.ts';
import { isEcosystemFile } from '../config/ecosystem-files.ts';
import type { ReadContext } from '../config/read-context.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import type { Outcome } from '../shared/outcome.ts';

/** An app as an ecosystem file declares it: every key of docs/config.md. */
export interface AppDefinition {
  readonly script: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly args?: string | readonly string[];
  readonly cwd?: string;
  readonly instances?: number | string;
  readonly exec_mode?: 'fork' | 'cluster';
  readonly interpreter?: string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** A script, an ecosystem file, or definitions. */
export type Definitions =
  | string
  | AppDefinition
  | readonly AppDefinition[]
  | { readonly apps: readonly AppDefinition[] };

/** How a definition is read. */
export interface ReadOptions {
  /** Folder that relative paths start from. Default: that of the program. */
  readonly cwd?: string;
  /** Which `env_<name>` of the definition is laid over its `env`. */
  readonly env?: string;
  /** These apps of a file only. */
  readonly only?: readonly string[];
  /** Keys that override the definition, or belong to a script. */
  readonly keys?: Readonly<Record<string, unknown>>;
}

type Unchecked = Partial<AppDefinition>;

/** Reads a script, an ecosystem file or definitions in the program itself. */
export async function readDefinitions(
  what: string | Unchecked | readonly Unchecked[] | { readonly apps: readonly Unchecked[] },
  options: ReadOptions,
): Promise<Outcome<readonly AppSpec[]>> {
  const context = contextOf(options);
  if (typeof what === 'string' && !isEcosystemFile(what)) {
    const args = Array.isArray(context.flags.args) ? context.flags.args.map(String) : [];
    const spec = await specFromCommandLine(what, args, context);
    return spec.ok ? { ok: true, value: [spec.value] } : spec;
  }
  const { readDefinition, readEcosystemFile } = await import('../config/ecosystem.ts'); // with its parsers, larger than all else
  if (typeof what === 'string') return readEcosystemFile(what, context);
  return readDefinition(JSON.stringify('apps' in what ? what : { apps: [what].flat() }), context, 'The definition');
}

function contextOf({ cwd = process.cwd(), env, only, keys = {} }: ReadOptions): ReadContext {
  const shellEnv = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    cwd,
    shellEnv: Object.fromEntries(shellEnv),
    flags: keys,
    ...(env === undefined ? {} : { envName: env }),
    ...(only === undefined ? {} : { only }),
  };
}
