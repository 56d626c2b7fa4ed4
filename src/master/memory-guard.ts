import { formatMemory } from '../shared/format.ts';
import { RestartAllowance } from '../shared/restart-allowance.ts';
import type { Pool } from './pool.ts';
import { treeMemoryBytes } from './tree-memory.ts';

const EVERY_MS = 1_000;

/** A limit that a worker passes as soon as it runs must not keep the machine busy with starting it. */
const PER_WORKER_AND_MINUTE = 10;

/** Before another try, when the successor of a worker above its limit did not come up. */
const AFTER_FAILURE_MS = 10_000;

/** Replaces workers that use more memory than their app allows. It runs only while an app has a limit. */
export class MemoryGuard {
  readonly #pools: () => readonly Pool[];
  readonly #allowances = new Map<string, RestartAllowance>();
  /** Apps of which a worker is being replaced, or that are left alone for a while. */
  readonly #resting = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(pools: () => readonly Pool[]) {
    this.#pools = pools;
  }

  /** The apps, or their limits, have changed. */
  consider(): void {
    const isNeeded = this.#pools().some(({ spec }) => spec.maxMemoryBytes !== null);
    if (!isNeeded) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else this.#timer ??= setInterval(() => this.#look(), EVERY_MS).unref();
  }

  #look(): void {
    const pools = this.#pools();
    for (const pool of pools) {
      const limitBytes = pool.spec.maxMemoryBytes;
      if (limitBytes !== null && !this.#resting.has(pool.app)) this.#check(pool, limitBytes);
    }
    this.consider(); // an app that is gone may have been the last with a limit
  }

  #check(pool: Pool, limitBytes: number): void {
    const used = pool.views
      .filter(({ status }) => status === 'online')
      .map(({ pmId, pid }) => ({ pmId, bytes: treeMemoryBytes(pid) }));
    const [largest] = used.filter(({ bytes }) => bytes > limitBytes).sort((a, b) => b.bytes - a.bytes);
    if (!largest || this.#allowanceOf(pool.app, used.length).isSpent(Date.now())) return;
    const cause = `It used ${formatMemory(largest.bytes)} of memory; max_memory_restart is ${formatMemory(limitBytes)}.`;
    void this.#replace(pool, largest.pmId, cause);
  }

  /** One worker of an app at a time, so that the others can serve. */
  async #replace(pool: Pool, pmId: number, cause: string): Promise<void> {
    const { app } = pool;
    this.#resting.add(app);
    const outcome = await pool.reload([pmId], new AbortController().signal, { cause });
    if (outcome.ok) this.#allowances.get(app)?.take(Date.now());
    if (outcome.ok || outcome.problem.code === 'app/busy') this.#resting.delete(app);
    else setTimeout(() => this.#resting.delete(app), AFTER_FAILURE_MS).unref();
  }

  #allowanceOf(app: string, workers: number): RestartAllowance {
    const perMinute = workers * PER_WORKER_AND_MINUTE;
    const known = this.#allowances.get(app);
    if (known?.perMinute === perMinute) return known;
    const allowance = new RestartAllowance(perMinute);
    this.#allowances.set(app, allowance);
    return allowance;
  }
}
