import type { AppReport, MasterEvent, MasterRequests } from '../protocol/messages.ts';
import { appKey } from '../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import type { Paths } from '../shared/paths.ts';
import { problem } from '../shared/problems.ts';
import type { WorkerReport } from '../shared/worker-report.ts';
import type { AppView } from '../shared/worker-view.ts';
import type { MasterLogs } from './logs/master-logs.ts';
import { MemoryGuard } from './memory-guard.ts';
import { Pool } from './pool.ts';
import { reportsOf } from './worker-talk.ts';

/** All apps of a master, and who is told what happens to them. */
export class Pools {
  readonly #masterId: string;
  readonly #paths: Paths;
  readonly #logs: MasterLogs;
  readonly #pools = new Map<string, Pool>();
  readonly #guard = new MemoryGuard(() => [...this.#pools.values()]);
  #listenedTo = false;
  readonly #sinks = new Set<(event: MasterEvent) => void>();

  constructor(masterId: string, paths: Paths, logs: MasterLogs) {
    this.#masterId = masterId;
    this.#paths = paths;
    this.#logs = logs;
    logs.losses.onChange((pmId) => this.#tellLoss(pmId));
  }

  get isEmpty(): boolean {
    return this.#pools.size === 0;
  }

  /** Everything known now; `sink` gets all that follows. */
  subscribe(sink: (event: MasterEvent) => void): { apps: AppView[]; unsubscribe: () => void } {
    const apps = [...this.#pools.values()].map((pool) => ({
      spec: pool.spec,
      workers: pool.views,
      masterId: this.#masterId,
    }));
    this.#sinks.add(sink); // nothing is awaited above, so no event falls between
    return { apps, unsubscribe: () => this.#sinks.delete(sink) };
  }

  /** Messages of apps are told from now on, or no longer. */
  listen(on: boolean): void {
    this.#listenedTo = on;
  }

  /** What the running workers report. */
  reports(): { pmId: number; report: WorkerReport }[] {
    return [...this.#pools.values()].flatMap((pool) => reportsOf(pool.slots));
  }

  async add({ spec, workers, start }: MasterRequests['pool.add']['params']): Promise<Outcome<AppReport>> {
    const app = appKey(spec);
    const pool = this.#pools.get(app) ?? this.#declare(app, spec);
    return succeed(await pool.add(spec, workers, start));
  }

  /** Does something with a pool that must be there; one that it leaves empty is forgotten. */
  async with<T>(app: string, act: (pool: Pool) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const pool = this.#pools.get(app);
    if (!pool) return fail(problem('target/not-found', { wanted: app, known: [...this.#pools.keys()] }));
    const outcome = await act(pool);
    if (pool.isEmpty) this.#pools.delete(app);
    return outcome;
  }

  #declare(app: string, spec: MasterRequests['pool.add']['params']['spec']): Pool {
    const pool = new Pool({
      spec,
      paths: this.#paths,
      logs: this.#logs,
      publish: (event) => this.#publish(event),
      hasListeners: () => this.#listenedTo,
    });
    this.#pools.set(app, pool);
    this.#guard.consider();
    return pool;
  }

  /** The count of what a worker's logs have lost is part of its view. */
  #tellLoss(pmId: number): void {
    for (const { app, views } of this.#pools.values()) {
      const worker = views.find((view) => view.pmId === pmId);
      if (worker) this.#publish({ type: 'worker-changed', app, worker });
    }
  }

  #publish(event: MasterEvent): void {
    if (event.type === 'spec-changed') this.#guard.consider();
    for (const sink of this.#sinks) sink(event);
  }
}
