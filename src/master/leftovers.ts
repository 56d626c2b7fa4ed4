import { setTimeout as delay } from 'node:timers/promises';
import { sweepLeftovers } from './stop-worker.ts';
import type { WorkerProcess } from './worker-process.ts';

/** A successor is up by then. */
const LATER_MS = 1_000;

/** What the last process of a slot has left behind, and is still to be ended. */
export class Leftovers {
  #of: WorkerProcess | null = null;

  /** `later`: who waits for an answer of the successor comes first. */
  async sweepAfter(last: WorkerProcess, later: boolean): Promise<void> {
    await this.sweep();
    this.#of = last;
    if (later) await delay(LATER_MS, null, { ref: false });
    if (this.#of === last) await this.sweep();
  }

  async sweep(): Promise<void> {
    const last = this.#of;
    this.#of = null;
    if (last) await sweepLeftovers(last);
  }
}
