import type { AppSpec } from './app-spec.ts';

/** How a process ended. Exactly one of code and signal is not null; both null: it could not be spawned. */
export interface ExitInfo {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly at: number;
  readonly uptimeMs: number;
  /** Last lines of stderr, oldest first. */
  readonly stderr: readonly string[];
  /** Why it could not be spawned. */
  readonly spawnError?: string;
}

/** Status words of PM2, as printed everywhere. */
export type Status = 'launching' | 'online' | 'stopping' | 'stopped' | 'errored' | 'waiting restart';

/** The JSON snapshot of one worker that others see. The master makes it; nobody changes it. */
export interface WorkerView {
  readonly pmId: number;
  readonly slot: number;
  /** Raised by each committed reload. */
  readonly generation: number;
  readonly status: Status;
  /** 0 when nothing runs. */
  readonly pid: number;
  /** When the running process was spawned, ms since the epoch; 0 when nothing runs. */
  readonly startedAt: number;
  /** Start time of the pid in clock ticks since boot (proc(5), field 22), so that a reused pid is not mistaken; 0: unknown. */
  readonly startTicks: number;
  /** When the worker was declared or last started by hand. */
  readonly createdAt: number;
  readonly restarts: number;
  readonly unstableRestarts: number;
  readonly lastExit: ExitInfo | null;
  /** When status is `waiting restart`: due time, ms since the epoch. */
  readonly restartDueAt: number | null;
  /** null: what runs was started by hand, or after a crash. */
  readonly restartCause: RestartCause | null;
  /** It ended by itself and is not restarted, as a job that is done. */
  readonly finished: boolean;
  readonly outFile: string | null; // null: not written
  readonly errorFile: string | null;
  readonly logFile: string | null;
  readonly pidFile: string;
  readonly nodeVersion: string | null;
  /** Bytes that could not be written to its logs since its master started, or they were flushed. */
  readonly lostLogBytes: number;
}

/** Why this program replaced a worker of its own accord: a limit, a schedule, a changed file. */
export interface RestartCause {
  readonly at: number;
  /** A sentence. */
  readonly says: string;
}

export interface AppView {
  readonly spec: AppSpec;
  readonly workers: readonly WorkerView[];
  /** Which master runs it. */
  readonly masterId: string;
}

/** Resource use of one worker, sampled by the daemon. */
export interface Usage {
  /** Percent of one core since the previous sample. */
  readonly cpuPercent: number;
  readonly memoryBytes: number;
}
