import type { DaemonRequests } from '../protocol/messages.ts';
import type { Outcome } from '../shared/outcome.ts';
import type { Paths } from '../shared/paths.ts';
import type { Output } from './output/output.ts';

/** One command of `pm`: its help, and what it does. A file of commands/ exports one as its default. */
export interface Command {
  readonly summary: string;
  /** Positional arguments in commander's notation: `<target...>`, `[name]`. Default: none. */
  readonly operands?: string;
  readonly operandsHelp?: string;
  /** What the first operand may be, when that is one of a few words. */
  readonly words?: readonly string[];
  readonly options?: readonly CommandOption[];
  /** What to type, and what it does. Shown in the help and in docs/cli.md. */
  readonly example: readonly [line: string, effect: string];
  /** Whether the options that declare an app belong to it. Otherwise they are accepted, as PM2 does, and have no effect. */
  readonly declaresApps?: true;
  /** Whether the options that declare an app change those that it names. */
  readonly changesApps?: true;
  /** Whether what follows `--` belongs to the app. Otherwise it counts as operands. */
  readonly takesAppArgs?: true;
  /** Resolves with the exit code. Foreseen failures are printed by `session.out`; a throw is a bug of ours. */
  readonly run: (input: Input, session: Session) => Promise<number>;
}

export interface CommandOption {
  /** In commander's notation: `-l, --lines <n>`. `[x]` is a value that may be absent. */
  readonly flags: string;
  readonly help: string;
  /** May be given several times; the value is a list. */
  readonly repeatable?: boolean;
}

/** What a person typed, parsed. */
export interface Input {
  readonly operands: readonly string[];
  readonly options: Options;
  /** What followed `--`; null when there was no `--`. */
  readonly appArgs: readonly string[] | null;
}

/** By camelCase name of the long flag. A flag without a value is true; `--no-x` makes `x` false. */
export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** What a command may use of the world. */
export interface Session {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly paths: Paths;
  readonly out: Output;
  /** Asks the daemon, which is started when there is none. Aborting `signal` aborts the request. */
  ask<M extends keyof DaemonRequests>(
    method: M,
    params: DaemonRequests[M]['params'],
    signal?: AbortSignal,
  ): Promise<Outcome<DaemonRequests[M]['result']>>;
  /**
   * The signal that Ctrl-C (SIGINT, SIGTERM) aborts from now on; the command then ends by itself. Without a call of this, Ctrl-C
   * ends the command at once.
   */
  interrupted(): AbortSignal;
}

/** Checks a command's form and keeps its type narrow. */
export const defineCommand = (command: Command): Command => command;

/** The text given to an option, if any. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
