import type { LogRotation } from './log-rotation.ts';

/**
 * An app as the user declared it, with every default filled in and every path absolute. Made once, by config/, at the
 * boundary; the daemon keeps it, a master runs it. Plain JSON: it goes over the wire and into state.json.
 */
export interface AppSpec {
  readonly name: string;
  readonly namespace: string;
  /** Absolute path as written (symbolic links are kept and resolved at each spawn), or a command name found in PATH. */
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly execMode: 'cluster' | 'fork';
  /** Number of workers, 1 or more. */
  readonly instances: number;
  /** Whether the user gave `instances`: log names carry the id then, as PM2's do. */
  readonly instancesGiven: boolean;
  /** `none` runs the script itself; `node` is the Node that runs the daemon; otherwise a name in PATH or a path. */
  readonly interpreter: string;
  readonly interpreterArgs: readonly string[];
  /** Complete environment before our own variables: the caller's shell (filtered), env files, `env`, `env_<name>`. */
  readonly env: Readonly<Record<string, string>>;
  /** `env_<name>` blocks of the file, kept for a later `--env name`. */
  readonly envBlocks: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** User and group of the workers; null: those of the daemon. */
  readonly runAs: { readonly uid: number; readonly gid: number } | null;
  /** Names in `env` that are not the shell's: the definition says them, or they follow from what it says. */
  readonly ownEnv: readonly string[];
  /** Which variables of the shell are left out of `env`. */
  readonly filterEnv: true | readonly string[];
  /** Files of variables that are read at every start: stronger than the shell, weaker than those of `ownEnv`. */
  readonly envFiles: readonly string[];
  /** A variable that is raised by the slot of the worker. */
  readonly incrementVar: string | null;
  /** Name of the variable that carries the slot. Default `NODE_APP_INSTANCE`. */
  readonly instanceVar: string;
  /** Apps with the same pool name share one master. */
  readonly pool: string | null;

  readonly outFile: string | null; // null: the default below PM_HOME/logs; '/dev/null': none
  readonly errorFile: string | null;
  /** Combined file of both streams. null: none; true: the default name. */
  readonly logFile: string | true | null;
  readonly mergeLogs: boolean;
  /** day.js tokens; null: lines are written as they came. */
  readonly logDateFormat: string | null;
  readonly logType: 'raw' | 'json';
  readonly disableLogs: boolean;
  /** What the app says about it; the rest follows the settings of the home, or the defaults. */
  readonly logRotation: Partial<LogRotation>;
  readonly pidFile: string | null;

  readonly autostart: boolean;
  readonly autorestart: boolean;
  readonly stopExitCodes: readonly number[];
  /** Exits before `minUptimeMs`, one after the other, after which the app is `errored`. */
  readonly maxRestarts: number;
  readonly minUptimeMs: number;
  readonly restartDelayMs: number;
  /** First delay of the exponential backoff; 0: none. */
  readonly expBackoffRestartDelayMs: number;
  /** Memory of a worker with all its children, above which it is replaced; null: no limit. */
  readonly maxMemoryBytes: number | null;
  /** When it is restarted: a pattern of cron; null: never. */
  readonly cronRestart: string | null;
  readonly watch: WatchSpec;

  readonly killSignal: NodeJS.Signals;
  /** Bounds drain and clean-up together. */
  readonly killTimeoutMs: number;
  readonly shutdownWithMessage: boolean;
  readonly treekill: boolean;
  readonly waitReady: boolean;
  /** Time for listen or 'ready'; running out is a failure. */
  readonly listenTimeoutMs: number;

  /** The file this app came from; null for the command line. */
  readonly configFile: string | null;
  /** What `pm apply` took it from: when it is gone from there, it is deleted. null: it was started otherwise. */
  readonly appliedFrom: AppliedFrom | null;
  /** Version of the app's package.json, 'N/A' when there is none. */
  readonly version: string;
  /** It runs beside the apps (`pm install`): `all` does not mean it, and it is not saved. */
  readonly module?: boolean;
  /** Login name shown in lists. */
  readonly username: string;
}

/** Which changes of files restart an app. */
export interface WatchSpec {
  readonly on: boolean;
  /** Absolute. */
  readonly paths: readonly string[];
  /** Patterns as in gitignore(5), or `regex:` and a regular expression. */
  readonly ignore: readonly string[];
  /** Of the names that count, without the dot. Empty: all. */
  readonly extensions: readonly string[];
  readonly delayMs: number;
  /** Of chokidar. */
  readonly options: Readonly<Record<string, boolean | number>>;
}

/** A file as it was read with `--env`: the same file may declare other apps with another. */
export interface AppliedFrom {
  readonly file: string;
  readonly envName: string | null;
}

/** Identity of an app. */
export const appKey = (app: Pick<AppSpec, 'name' | 'namespace'>): string => `${app.namespace}/${app.name}`;
