import { setTimeout as delay } from 'node:timers/promises';
import type { ReloadReceipt, StopReport } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import { chunksOf } from '../shared/in-turns.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import type { RestartCause } from '../shared/worker-view.ts';
import { hintFrom, sayExit } from './failure-cause.ts';
import type { ReadinessRule } from './readiness.ts';
import { checkScript } from './script-check.ts';
import type { Slot } from './slot.ts';
import { IDLE_GRACE_MS, NO_IDLE_GRACE_MS, stopWorker } from './stop-worker.ts';
import type { WorkerProcess } from './worker-process.ts';

/** What is asked of a reload. */
export interface ReloadOrder {
  readonly spec: AppSpec;
  readonly cause: RestartCause | null;
  /** Successors at a time, once the first has proved itself. */
  readonly parallel: number;
  readonly signal: AbortSignal;
}

/**
 * A worker that has just begun answers slowly: its code is not compiled yet, and the clients of the one before it come to it. One that
 * boots beside it would make it slower still, so the next successor waits for that drain, and no shorter or longer than this.
 */
const CALM = { leastMs: 200, mostMs: 500 };

export interface ReloadOptions extends ReloadOrder {
  readonly slots: readonly Slot[];
  readonly fromGeneration: number;
  readonly rule: ReadinessRule;
  /** A successor runs beside its slot. */
  raised(successor: WorkerProcess): void;
  /** It was put in, or is gone. */
  settled(successor: WorkerProcess): void;
}

/** Why a successor was turned away. */
interface Rejection {
  readonly cause: string;
  readonly stderr: readonly string[];
}

/**
 * One reload of an app in cluster mode, as a transaction: prepare, then slot by slot spawn a successor, wait for proof, put
 * it in, drain the one before. A failure stops the roll: that successor is killed, and no old worker is touched any more.
 */
export class Reload {
  readonly #options: ReloadOptions;
  readonly #startedAt = Date.now();
  readonly #counted = new Set<WorkerProcess>();
  readonly #drains: Promise<StopReport>[] = [];
  readonly #committed: { readonly slot: Slot; readonly process: WorkerProcess }[] = [];

  constructor(options: ReloadOptions) {
    this.#options = options;
  }

  async run(): Promise<Outcome<ReloadReceipt>> {
    const { slots, spec, parallel } = this.#options;
    const unusable = await checkScript(spec);
    if (unusable) return this.#aborted({ cause: `${unusable.message}.`, stderr: [] });
    for (const slot of slots) if (slot.process) this.#count(slot.process);
    for (const some of [slots.slice(0, 1), ...chunksOf(slots.slice(1), parallel)]) {
      if (this.#committed.length > 0) await this.#calm();
      const rejections = await Promise.all(some.map((slot) => this.#renew(slot)));
      const rejected = rejections.find((rejection) => rejection !== null);
      if (rejected) return this.#aborted(rejected);
    }
    return succeed(await this.#receipt());
  }

  async #calm(): Promise<void> {
    await Promise.all([delay(CALM.leastMs), Promise.race([this.#drains.at(-1), delay(CALM.mostMs)])]);
  }

  /** Puts a successor in. Resolves with why not. */
  async #renew(slot: Slot): Promise<Rejection | null> {
    const raised = await this.#raise(slot);
    if ('cause' in raised) return raised;
    this.#commit(slot, raised);
    return null;
  }

  /** Starts a successor and waits until it has proved itself, or has failed. */
  async #raise(slot: Slot): Promise<WorkerProcess | Rejection> {
    const fallen = this.#committed.find((done) => done.slot.process !== done.process);
    if (fallen) return rejection(fallen.slot, fallen.process, 'it went down while the reload went on.');
    const { successor, proof } = this.#spawn(slot);
    const exited = successor.exited.then(sayExit);
    const failure = await Promise.race([proof, exited, this.#abortion()]);
    if (failure === null) return successor;
    await stopWorker(successor, { idleGraceMs: NO_IDLE_GRACE_MS });
    this.#options.settled(successor);
    return rejection(slot, successor, failure);
  }

  /** `proof` is null when it is ready, and the cause when the time for that ran out. */
  #spawn(slot: Slot): { successor: WorkerProcess; proof: Promise<string | null> } {
    const { spec, rule } = this.#options;
    let tell: (failure: string | null) => void = () => {};
    const said = new Promise<string | null>((resolve) => {
      tell = resolve;
    });
    const successor = slot.spawnSuccessor(spec, rule, { ready: () => tell(null), overdue: tell });
    this.#options.raised(successor);
    this.#count(successor);
    // The first slot is the canary: it has to stay up for a while before it gets anything to do.
    const isCanary = this.#committed.length === 0;
    const proof = isCanary ? said.then((failure) => failure ?? delay(spec.minUptimeMs, null)) : said;
    return { successor, proof };
  }

  #abortion(): Promise<string> {
    const { signal } = this.#options;
    return new Promise((resolve) => {
      const tell = () => resolve('it was called off.');
      if (signal.aborted) tell();
      else signal.addEventListener('abort', tell, { once: true });
    });
  }

  #commit(slot: Slot, successor: WorkerProcess): void {
    const { fromGeneration, cause } = this.#options;
    const old = slot.replace(successor, fromGeneration + 1, cause);
    successor.admit(); // before the old one retires, so that somebody always serves
    this.#committed.push({ slot, process: successor });
    this.#options.settled(successor);
    if (!old) return;
    old.retire();
    this.#drains.push(stopWorker(old, { idleGraceMs: IDLE_GRACE_MS }));
  }

  #count(process: WorkerProcess): void {
    this.#counted.add(process);
    process.control?.startCounting();
  }

  async #aborted({ cause, stderr }: Rejection): Promise<Outcome<never>> {
    await this.#finish();
    const hint = await hintFrom(stderr);
    const { spec } = this.#options;
    const standing = this.#standing();
    return fail(problem('app/reload-aborted', { name: spec.name, cause, stderr, standing, ...(hint ? { hint } : {}) }));
  }

  /** Says which slots run what after a failure. */
  #standing(): string {
    const { slots, fromGeneration } = this.#options;
    const done = this.#committed.map(({ slot }) => slot.site.slot);
    if (done.length === 0) return `The old workers (generation ${fromGeneration}) were left untouched.`;
    const left = slots.map((slot) => slot.site.slot).filter((slot) => !done.includes(slot));
    return `Slots ${done.join(', ')} run generation ${fromGeneration + 1}, slots ${left.join(', ')} generation ${fromGeneration}.`;
  }

  async #receipt(): Promise<ReloadReceipt> {
    const stops = await this.#finish();
    const { spec, slots, fromGeneration } = this.#options;
    const counted = [...this.#counted];
    return {
      name: spec.name,
      namespace: spec.namespace,
      pmIds: slots.map((slot) => slot.site.pmId),
      kind: 'reload',
      fromGeneration,
      toGeneration: fromGeneration + 1,
      workers: slots.length,
      served: sum(counted.map((process) => process.control?.counts().served ?? 0)),
      // What a worker that is gone had taken and not answered will never be answered.
      failed: sum(counted.map((process) => (process.running ? 0 : (process.control?.counts().inFlight ?? 0)))),
      slowestDrainMs: Math.max(0, ...stops.map((stop) => stop.tookMs)),
      killed: stops.filter((stop) => stop.how === 'killed').length,
      tookMs: Date.now() - this.#startedAt,
    };
  }

  async #finish(): Promise<StopReport[]> {
    const stops = await Promise.all(this.#drains);
    for (const process of this.#counted) if (process.running) process.control?.stopCounting();
    return stops;
  }
}

const rejection = (slot: Slot, process: WorkerProcess, cause: string): Rejection => ({
  cause: `in slot ${slot.site.slot} of the new generation, ${cause}`,
  stderr: process.stderrTail,
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
