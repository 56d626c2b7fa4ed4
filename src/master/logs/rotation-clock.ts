import type { Schedule } from '../../shared/cron-schedule.ts';

/** Says when logs are to be put away because of the time. */
export class RotationClock {
  readonly #running = new Map<string, { readonly pattern: string; readonly schedule: Promise<Schedule | null> }>();
  readonly #isDue: (path: string) => void;

  constructor(isDue: (path: string) => void) {
    this.#isDue = isDue;
  }

  /**
   * From now on this log is due at the times of a pattern of cron, and at once when one has passed since it was last written to (ms
   * since the epoch); null, or one that makes no sense: never.
   */
  schedule(path: string, pattern: string | null, writtenAt: number): void {
    if (this.#running.get(path)?.pattern === pattern) return;
    this.cancel(path);
    if (pattern !== null) this.#running.set(path, { pattern, schedule: this.#start(path, { pattern, writtenAt }) });
  }

  cancel(path: string): void {
    void this.#running.get(path)?.schedule.then((schedule) => schedule?.stop());
    this.#running.delete(path);
  }

  close(): void {
    for (const path of [...this.#running.keys()]) this.cancel(path);
  }

  async #start(path: string, { pattern, writtenAt }: { pattern: string; writtenAt: number }): Promise<Schedule | null> {
    const { cronMistake, lastTimeOf, schedule } = await import('../../shared/cron-schedule.ts'); // loaded where an app has one
    if (cronMistake(pattern)) return null;
    if (writtenAt < (lastTimeOf(pattern, Date.now()) ?? 0)) this.#isDue(path);
    return schedule(pattern, async () => this.#isDue(path));
  }
}
