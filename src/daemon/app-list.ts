import type { PoolEvent } from '../protocol/messages.ts';
import { type AppSpec, appKey } from '../shared/app-spec.ts';
import type { AppView, WorkerView } from '../shared/worker-view.ts';

/** One app of the list, as it was at one moment. */
export interface AppEntry {
  readonly key: string;
  readonly spec: AppSpec;
  readonly masterId: string;
  /** By slot. */
  readonly workers: readonly WorkerEntry[];
}

export interface WorkerEntry {
  readonly view: WorkerView;
  /** It runs, or is on its way to: what state.json says should run. */
  readonly shouldRun: boolean;
}

interface Record {
  spec: AppSpec;
  masterId: string;
  readonly workers: Map<number, WorkerEntry>;
}

/** Told of every change, once it is in the list. */
export type ListSink = (event: PoolEvent) => void;

/**
 * The apps of a home with the last view of each worker. The masters know; this is what they said last. An app is declared before its
 * workers exist, so that two starts of the same app meet here.
 */
export class AppList {
  readonly #apps = new Map<string, Record>();
  readonly #sink: ListSink;
  #nextPmId = 0;

  constructor(sink: ListSink) {
    this.#sink = sink;
  }

  /** Every app, in the order of its first worker's id. */
  all(): AppEntry[] {
    return [...this.#apps.keys()].flatMap((key) => this.get(key) ?? []).sort((a, b) => firstId(a) - firstId(b));
  }

  get(key: string): AppEntry | undefined {
    const app = this.#apps.get(key);
    if (app === undefined) return undefined;
    const workers = [...app.workers.values()].sort((a, b) => a.view.slot - b.view.slot || a.view.pmId - b.view.pmId);
    return { key, spec: app.spec, masterId: app.masterId, workers };
  }

  ofMaster(masterId: string): AppEntry[] {
    return this.all().filter((app) => app.masterId === masterId);
  }

  get isEmpty(): boolean {
    return this.#apps.size === 0;
  }

  /** Ids for new workers, one after the other and none of `taken`. They begin at 0 again when the list has become empty. */
  takePmIds(count: number, taken: readonly number[] = []): number[] {
    this.#nextPmId = Math.max(this.#nextPmId, ...taken.map((pmId) => pmId + 1));
    const ids = Array.from({ length: count }, (_, index) => this.#nextPmId + index);
    this.#nextPmId += count;
    return ids;
  }

  /** Adds an app without workers, or gives it another spec or master. */
  declare(spec: AppSpec, masterId: string): void {
    const app = appKey(spec);
    const known = this.#apps.get(app);
    this.#apps.set(app, { spec, masterId, workers: known?.workers ?? new Map() });
    this.#sink({ type: 'spec-changed', app, spec });
  }

  /** Takes an app that has no worker (any more) off the list. */
  forgetIfEmpty(key: string): void {
    if (this.#apps.get(key)?.workers.size !== 0) return;
    this.#apps.delete(key);
    if (this.isEmpty) this.#nextPmId = 0;
  }

  /** Everything has been stopped, or is lost. */
  clear(): void {
    this.#apps.clear();
    this.#nextPmId = 0;
  }

  apply(event: PoolEvent): void {
    const app = this.#apps.get(event.app);
    if (app === undefined) return; // deleted, and its master had something left to say
    if (event.type === 'spec-changed') app.spec = event.spec;
    else if (event.type === 'worker-removed') app.workers.delete(event.pmId);
    else if (event.type === 'worker-changed') this.#put(app, event.worker);
    this.#sink(event);
    if (event.type === 'worker-removed') this.forgetIfEmpty(event.app);
  }

  /** What a master says of all its apps, in place of what was known. */
  adopt(masterId: string, views: readonly AppView[]): void {
    const described = new Set(views.map(({ spec }) => appKey(spec)));
    for (const { key, workers } of this.ofMaster(masterId)) {
      const still = described.has(key) ? views.flatMap((view) => view.workers.map(({ pmId }) => pmId)) : [];
      for (const { view } of workers) {
        if (!still.includes(view.pmId)) this.apply({ type: 'worker-removed', app: key, pmId: view.pmId });
      }
    }
    for (const { spec, workers } of views) {
      this.declare(spec, masterId);
      for (const worker of workers) this.apply({ type: 'worker-changed', app: appKey(spec), worker });
      this.forgetIfEmpty(appKey(spec));
    }
  }

  #put(app: Record, view: WorkerView): void {
    const shouldRun = shouldRunAfter(view, app.workers.get(view.pmId)?.shouldRun ?? true);
    app.workers.set(view.pmId, { view, shouldRun });
    this.#nextPmId = Math.max(this.#nextPmId, view.pmId + 1);
  }
}

/** A worker that is stopping may be on its way to a restart or to rest; what it was for counts until it is there. */
function shouldRunAfter({ status }: WorkerView, before: boolean): boolean {
  if (status === 'stopping') return before;
  return status !== 'stopped' && status !== 'errored';
}

const firstId = ({ workers }: AppEntry): number => Math.min(...workers.map(({ view }) => view.pmId));
