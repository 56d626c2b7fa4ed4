import pidusage from 'pidusage';
import type { Usage } from '../shared/worker-view.ts';

/** A sample that is this old still answers a request. */
const FRESH_MS = 1000;

/** While nobody looks: often enough that the CPU figure of the next list is about now. */
const IDLE_EVERY_MS = 10_000;

const NOTHING: Usage = { cpuPercent: 0, memoryBytes: 0 };

/** CPU and memory of all workers, sampled once for everybody who asks; more often only while somebody watches. */
export class UsageSampler {
  readonly #pids: () => readonly number[];
  readonly #watchers = new Map<object, { everyMs: number; sink: () => void }>();
  #usage = new Map<number, Usage>();
  #sampledAt = 0;
  #sampling: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(pids: () => readonly number[]) {
    this.#pids = pids;
    this.#schedule();
  }

  /** Zeros for a process that does not run, or was not sampled yet. */
  of(pid: number): Usage {
    return this.#usage.get(pid) ?? NOTHING;
  }

  /** Resolves when there is a sample not older than a second, with every process in it. */
  async refresh(): Promise<void> {
    const isNew = (pid: number): boolean => !this.#usage.has(pid);
    if (Date.now() - this.#sampledAt > FRESH_MS || this.#pids().some(isNew)) await this.#sample();
  }

  /** Samples every `everyMs` from now on, and tells after each. Returns "stop". */
  watch(everyMs: number, sink: () => void): () => void {
    const watcher = {};
    this.#watchers.set(watcher, { everyMs, sink });
    this.#schedule();
    return () => {
      this.#watchers.delete(watcher);
      this.#schedule();
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watchers.clear();
    pidusage.clear();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const everyMs = Math.min(IDLE_EVERY_MS, ...[...this.#watchers.values()].map((watcher) => watcher.everyMs));
    this.#timer = setTimeout(() => void this.#tick(), Math.max(this.#sampledAt + everyMs - Date.now(), 0));
    this.#timer.unref();
  }

  async #tick(): Promise<void> {
    await this.#sample();
    for (const { sink } of this.#watchers.values()) sink();
    this.#schedule();
  }

  /** Those who ask at the same time share one. */
  #sample(): Promise<void> {
    this.#sampling ??= this.#read().finally(() => {
      this.#sampling = null;
    });
    return this.#sampling;
  }

  async #read(): Promise<void> {
    const pids = this.#pids();
    const stats = await readStats(pids);
    this.#usage = new Map(stats.map(({ pid, cpu, memory }) => [pid, { cpuPercent: round(cpu), memoryBytes: memory }]));
    this.#sampledAt = Date.now();
  }
}

/** One process that vanishes while it is read costs its own figures only; where all are read by one ps(1), each is asked for again. */
async function readStats(pids: readonly number[]): Promise<pidusage.Status[]> {
  if (pids.length === 0) return [];
  const byPid = await pidusage([...pids]).catch(() => null);
  // pidusage leaves out, as undefined or null, whom it could not read
  if (byPid)
    return Object.values<pidusage.Status | undefined | null>(byPid).filter(
      (stat) => stat !== undefined && stat !== null,
    );
  const single = await Promise.all(pids.map((pid) => pidusage(pid).catch(() => null)));
  return single.filter((stat) => stat !== null);
}

/** To a tenth, and nothing for what a process without history may come to. */
const round = (percent: number): number => (Number.isFinite(percent) ? Math.round(percent * 10) / 10 : 0);
