import type { HostCounters } from '../shared/host-reading.ts';
import type { HostUsage } from '../shared/host-usage.ts';

const EVERY_MS = 5_000;

/** So soon there is something to show. */
const FIRST_MS = 1_000;

/** What the machine does, from the first time that somebody asks. */
export class HostSampler {
  #before: HostCounters | null = null;
  #usage: HostUsage | null = null;
  #isBegun = false;

  /** That of the last seconds; null at first. */
  usage(): HostUsage | null {
    if (!this.#isBegun) this.#begin();
    return this.#usage;
  }

  #begin(): void {
    this.#isBegun = true;
    void this.#sample();
    setTimeout(() => void this.#sample(), FIRST_MS).unref();
    setInterval(() => void this.#sample(), EVERY_MS).unref();
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
