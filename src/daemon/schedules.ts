import type { Schedule } from '../shared/cron-schedule.ts';
import type { WorkerEntry } from './app-list.ts';
import type { Parts } from './parts.ts';
import { renewApp } from './renew-app.ts';

/** Restarts apps at the times of their `cron_restart`. What is scheduled follows from the list alone. */
export class Schedules {
  readonly #parts: Parts;
  readonly #running = new Map<string, { readonly pattern: string; readonly schedule: Promise<Schedule> }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Apps may have come, gone, or changed. */
  consider(): void {
    const wanted = new Map(this.#parts.list.all().map(({ key, spec }) => [key, spec.cronRestart]));
    for (const [key, { pattern, schedule }] of this.#running) {
      if (wanted.get(key) === pattern) continue;
      this.#running.delete(key);
      void schedule.then((running) => running.stop());
    }
    for (const [key, pattern] of wanted) {
      if (pattern !== null && !this.#running.has(key))
        this.#running.set(key, { pattern, schedule: this.#schedule(key, pattern) });
    }
  }

  close(): void {
    for (const { schedule } of this.#running.values()) void schedule.then((running) => running.stop());
    this.#running.clear();
  }

  async #schedule(key: string, pattern: string): Promise<Schedule> {
    const { cronMistake, schedule } = await import('../shared/cron-schedule.ts'); // loaded where an app has one
    const mistake = cronMistake(pattern);
    if (mistake) this.#parts.log.note(`"${key}" is not restarted at times: cron_restart "${pattern}": ${mistake}`);
    if (mistake) return { stop: () => {} };
    const cause = `Its cron_restart "${pattern}" was due.`;
    return schedule(pattern, () => renewApp(this.#parts, { key, cause, which: isDue }));
  }
}

/** Not those that a person stopped, but those that finished what they had to do: cron is how a job runs again. */
const isDue = ({ shouldRun, view }: WorkerEntry): boolean => shouldRun || view.finished;
