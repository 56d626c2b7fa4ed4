import type { HostCounters } from '../shared/host-reading.ts';
import type { HostUsage } from '../shared/host-usage.ts';

const EVERY_MS = 5_000;

/** So soon there is something to show. */
const FIRST_MS = 1_000;

/** For so long after somebody has asked, somebody may ask again. */
const ATTENTIVE_MS = 10 * 60_000;

/** What the machine does, while somebody asks from time to time. */
export class HostSampler {
  #before: HostCounters | null = null;
  #usage: HostUsage | null = null;
  #askedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  /** That of the last seconds; null when nobody has asked for long. */
  usage(): HostUsage | null {
    this.#askedAt = Date.now();
    if (this.#timer === undefined) this.#begin();
    return this.#usage;
  }

  #begin(): void {
    this.#timer = setInterval(() => void this.#next(), EVERY_MS).unref();
    setTimeout(() => void this.#sample(), FIRST_MS).unref();
    void this.#sample();
  }

  async #next(): Promise<void> {
    if (Date.now() - this.#askedAt < ATTENTIVE_MS) return this.#sample();
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#before = null;
    this.#usage = null;
  }

  async #sample(): Promise<void> {
    const [{ readHostCounters }, { hostUsage }] = await Promise.all([
      import('../shared/host-reading.ts'),
      import('../shared/host-usage.ts'),
    ]);
    const now = await readHostCounters();
    if (this.#before !== null) this.#usage = hostUsage(this.#before, now);
    this.#before = now;
  }
}
