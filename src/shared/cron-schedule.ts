import { Cron } from 'croner';

/** A schedule that runs. */
export interface Schedule {
  stop(): void;
}

/** Why a text is no pattern of cron; undefined: it is one. Five fields, six with seconds first, or a date. */
export function cronMistake(pattern: string): string | undefined {
  try {
    new Cron(pattern, { paused: true }).stop();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The last time of a pattern before a moment (ms since the epoch); null: there was none. */
export function lastTimeOf(pattern: string, before: number): number | null {
  return new Cron(pattern, { paused: true }).previousRuns(1, new Date(before))[0]?.getTime() ?? null;
}

/** Calls `run` at the times of a pattern, in local time; not again while one call goes on. */
export function schedule(pattern: string, run: () => Promise<void>): Schedule {
  return new Cron(pattern, { protect: true, catch: true }, run);
}
