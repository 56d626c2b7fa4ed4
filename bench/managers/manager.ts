import type { CommandResult } from '../measure/command.ts';

/** An app as the rows describe it; each manager turns it into a command line of its own. */
export interface BenchApp {
  readonly name: string;
  readonly script: string;
  /** Cluster mode with so many workers; left out: one process in fork mode. */
  readonly instances?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Further options, spelled alike in both. */
  readonly flags?: readonly string[];
}

/** One process as listed by `jlist`, in the fields that the rows look at. */
export interface ListedProcess {
  readonly id: number;
  readonly name: string;
  readonly pid: number;
  readonly status: string;
  readonly restarts: number;
  /** When the process was started, ms since the epoch. */
  readonly upSince: number;
}

/** A process manager under test, with a home folder of its own. Disposing of it ends all that it started. */
export interface Manager extends AsyncDisposable {
  readonly name: 'pm' | 'PM2';
  readonly home: string;
  /** Runs one command line; never throws because of its exit code. */
  run(args: readonly string[], options?: { timeoutMs?: number; env?: Record<string, string> }): Promise<CommandResult>;
  /** Starts an app; throws when the command fails. */
  start(app: BenchApp): Promise<CommandResult>;
  list(): Promise<ListedProcess[]>;
  daemonPid(): number | undefined;
  /** Daemon and masters: every process of the manager itself that runs now. */
  ownPids(): Promise<number[]>;
  /** Every process started with this home, whatever it is. */
  allPids(): number[];
}
