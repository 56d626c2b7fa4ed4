import type { Worker } from 'node:cluster';
import type { AddedWorker, AppReport, MasterEvent, ReloadReceipt } from '../protocol/messages.ts';
import { type AppSpec, appKey } from '../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import type { Paths } from '../shared/paths.ts';
import { problem } from '../shared/problems.ts';
import type { WorkerView } from '../shared/worker-view.ts';
import { reportOn } from './app-report.ts';
import { Balancer } from './balancer.ts';
import { Commons } from './commons.ts';
import { logPathsOf } from './log-paths.ts';
import type { MasterLogs } from './logs/master-logs.ts';
import { PidFile } from './pid-file.ts';
import { readinessRule } from './readiness.ts';
import { Reload, type ReloadOrder } from './reload.ts';
import { causeNow, type Renewal } from './renewal.ts';
import { restartInTurn } from './rolling-restart.ts';
import { Slot } from './slot.ts';
import { IDLE_GRACE_MS, NO_IDLE_GRACE_MS } from './stop-worker.ts';
import { newRecord } from './worker-machine.ts';
import type { WorkerProcess } from './worker-process.ts';

export interface PoolOptions {
  readonly spec: AppSpec;
  readonly paths: Paths;
  readonly logs: MasterLogs;
  publish(event: MasterEvent): void;
  /** Whether somebody wants the messages of workers. */
  hasListeners(): boolean;
}

/** The workers of one app. */
export class Pool {
  readonly app: string;
  readonly #options: PoolOptions;
  readonly #slots = new Map<number, { slot: Slot; pidFile: PidFile }>();
  readonly #balancer: Balancer | null;
  readonly #commons: Commons;
  /** Successors of a reload that are not in their slot yet. */
  readonly #successors = new Set<WorkerProcess>();
  #spec: AppSpec;
  #generation = 0;
  #reload: { readonly abort: AbortController; readonly ended: Promise<unknown> } | null = null;
  /** A worker of this app has listened: from then on, readiness means listening. */
  #listens = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#spec = options.spec;
    this.app = appKey(options.spec);
    this.#commons = new Commons({
      slots: () => this.slots,
      publish: (pmId, message) =>
        options.publish({ type: 'worker-message', app: this.app, pmId, at: Date.now(), message }),
      hasListeners: options.hasListeners,
    });
    this.#balancer = options.spec.execMode === 'cluster' ? this.#newBalancer() : null;
  }

  get spec(): AppSpec {
    return this.#spec;
  }

  get isEmpty(): boolean {
    return this.#slots.size === 0;
  }

  get views(): WorkerView[] {
    return this.slots.map((slot) => slot.view);
  }

  /** Takes charge of slots, and starts those that should run. */
  async add(spec: AppSpec, workers: readonly AddedWorker[], start: boolean): Promise<AppReport> {
    await this.#reload?.ended; // it puts its own spec in at its end
    this.#adoptSpec(spec);
    for (const slot of this.slots) slot.amend(spec);
    const slots = workers.map((worker) => ({ slot: this.#newSlot(worker), start: start && worker.start }));
    return reportOn(this.#spec, slots, async ({ slot, start }) => ({
      outcome: start && spec.autostart ? await slot.start() : succeed(slot.view),
    }));
  }

  async restart(pmIds: readonly number[], { spec = this.#spec, cause, parallel }: Renewal): Promise<AppReport> {
    await this.#abortReload();
    this.#adoptSpec(spec);
    const slots = this.pick(pmIds);
    // Another program may start: what the last one did says nothing about it.
    if (slots.length === this.#slots.size) this.#listens = false;
    const restart = async ({ slot }: { slot: Slot }) => ({ outcome: await slot.restart(spec, causeNow(cause)) });
    return reportOn(this.#spec, slots.map(asItem), restart, parallel);
  }

  async stop(pmIds: readonly number[], spec = this.#spec): Promise<AppReport> {
    await this.#abortReload();
    this.#adoptSpec(spec);
    return reportOn(this.#spec, this.pick(pmIds).map(asItem), async ({ slot }) => ({
      stop: await slot.stop(),
      outcome: succeed(slot.view),
    }));
  }

  /** Stops and forgets. */
  async delete(pmIds: readonly number[]): Promise<AppReport> {
    await this.#abortReload();
    const going = this.pick(pmIds);
    // Others stay to serve: idle clients get the time to leave by themselves.
    const idleGraceMs = going.length < this.#slots.size ? IDLE_GRACE_MS : NO_IDLE_GRACE_MS;
    return reportOn(this.#spec, going.map(asItem), async ({ slot }) => {
      const stop = await slot.stop({ idleGraceMs, forGood: true });
      const last = slot.view;
      await this.#forget(slot);
      return { outcome: succeed(last), stop };
    });
  }

  async reset(pmIds: readonly number[]): Promise<AppReport> {
    const slots = this.pick(pmIds);
    for (const slot of slots) slot.resetCounters();
    return reportOn(this.#spec, slots.map(asItem), async ({ slot }) => ({ outcome: succeed(slot.view) }));
  }

  /** Puts new processes in without a lost request, where the port is ours; else restarts one after the other. */
  async reload(
    pmIds: readonly number[],
    signal: AbortSignal,
    { spec = this.#spec, cause: says, parallel = 1 }: Renewal,
  ): Promise<Outcome<ReloadReceipt>> {
    if (this.#reload) return fail(problem('app/busy', { name: spec.name, doing: 'reload' }));
    const slots = this.pick(pmIds);
    const cause = causeNow(says);
    const running = slots.filter((slot) => slot.status === 'online' || slot.status === 'launching');
    if (running.length === 0 || spec.execMode === 'fork') {
      this.#adoptSpec(spec);
      return restartInTurn({
        slots,
        spec,
        generation: this.#generation,
        kind: running.length > 0 ? 'restart' : 'start',
        cause,
        parallel,
      });
    }
    const abort = new AbortController();
    const work = this.#roll(running, { spec, cause, parallel, signal: AbortSignal.any([signal, abort.signal]) });
    this.#reload = { abort, ended: work };
    try {
      const outcome = await work;
      if (outcome.ok) for (const slot of slots) if (!running.includes(slot)) await slot.start(spec);
      return outcome;
    } finally {
      this.#reload = null;
      this.#balancer?.closeUnused();
    }
  }

  async #roll(slots: readonly Slot[], order: ReloadOrder): Promise<Outcome<ReloadReceipt>> {
    const { spec } = order;
    const fromGeneration = this.#generation;
    const outcome = await new Reload({
      ...order,
      slots,
      fromGeneration,
      rule: readinessRule(spec, this.#listens),
      raised: (successor) => this.#successors.add(successor),
      settled: (successor) => this.#successors.delete(successor),
    }).run();
    if (slots.some((slot) => slot.generation > fromGeneration)) this.#generation = fromGeneration + 1;
    if (outcome.ok) this.#adoptSpec(spec);
    return outcome;
  }

  #newSlot({ pmId, slot: number, restarts, createdAt, finished }: AddedWorker): Slot {
    const { paths, logs } = this.#options;
    const site = {
      home: paths,
      name: this.#spec.name,
      pmId,
      slot: number,
      pathsOf: (spec: AppSpec) => logPathsOf(spec, pmId, paths),
      logs,
      balancer: this.#balancer,
      outlet: this.#commons.outletFor(pmId, number),
    };
    const pidFile = new PidFile();
    const record = newRecord(createdAt ?? Date.now(), restarts, finished);
    const owner = {
      ruleFor: (spec: AppSpec) => readinessRule(spec, this.#listens),
      changed: (worker: WorkerView) => this.#onChanged(worker),
      exited: (id: number, exit: NonNullable<WorkerView['lastExit']>) =>
        this.#options.publish({ type: 'worker-exited', app: this.app, pmId: id, exit }),
    };
    const slot = new Slot({ site, spec: this.#spec, record, generation: this.#generation, pidFile, owner });
    this.#slots.set(pmId, { slot, pidFile });
    this.#options.publish({ type: 'worker-changed', app: this.app, worker: slot.view });
    return slot;
  }

  async #forget(slot: Slot): Promise<void> {
    const { pmId } = slot.site;
    await this.#slots.get(pmId)?.pidFile.settled();
    this.#slots.delete(pmId);
    if (this.isEmpty) this.#balancer?.close();
    this.#options.publish({ type: 'worker-removed', app: this.app, pmId });
  }

  #newBalancer(): Balancer {
    return new Balancer({
      listening: (worker) => {
        this.#listens = true;
        this.#processBehind(worker)?.onListening();
      },
      bindFailed: () => {}, // the app gets the error and says it itself
    });
  }

  #processBehind(worker: Worker): WorkerProcess | undefined {
    const inSlots = this.slots.flatMap((slot) => slot.process ?? []);
    return [...inSlots, ...this.#successors].find((process) => process.isBehind(worker));
  }

  #onChanged(worker: WorkerView): void {
    const resting = this.slots.every(({ status }) => status === 'stopped' || status === 'errored');
    if (resting && !this.#reload) this.#balancer?.close();
    this.#commons.elect();
    this.#options.publish({ type: 'worker-changed', app: this.app, worker });
  }

  #adoptSpec(spec: AppSpec): void {
    if (spec === this.#spec) return;
    this.#spec = spec;
    this.#options.publish({ type: 'spec-changed', app: this.app, spec });
  }

  async #abortReload(): Promise<void> {
    this.#reload?.abort.abort();
    await this.#reload?.ended;
  }

  /** In their order. */
  get slots(): Slot[] {
    return [...this.#slots.values()].map(({ slot }) => slot).sort((a, b) => a.site.slot - b.site.slot);
  }

  /** Those of the slots that have these ids. */
  pick(pmIds: readonly number[]): Slot[] {
    return this.slots.filter((slot) => pmIds.includes(slot.site.pmId));
  }
}

const asItem = (slot: Slot): { slot: Slot } => ({ slot });
