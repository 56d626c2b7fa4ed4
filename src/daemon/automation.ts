import type { PoolEvent } from '../protocol/messages.ts';
import type { Parts } from './parts.ts';
import { Schedules } from './schedules.ts';
import { Watches } from './watches.ts';

/** What the daemon does to apps of its own accord. All of it follows from the list, so a new daemon goes on with it. */
export class Automation {
  readonly #schedules: Schedules;
  readonly #watches: Watches;
  #due: NodeJS.Immediate | undefined;

  constructor(parts: Parts) {
    this.#schedules = new Schedules(parts);
    this.#watches = new Watches(parts);
  }

  /** The list has changed. */
  consider(event: PoolEvent): void {
    if (event.type === 'worker-exited') return;
    this.#due ??= setImmediate(() => {
      this.#due = undefined;
      this.#schedules.consider();
      this.#watches.consider();
    });
  }

  close(): void {
    clearImmediate(this.#due);
    this.#schedules.close();
    this.#watches.close();
  }
}
