import type { StopReport } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import type { ExitInfo, RestartCause, WorkerView } from '../shared/worker-view.ts';
import { hintFrom, sayExit } from './failure-cause.ts';
import { Leftovers } from './leftovers.ts';
import type { PidFile } from './pid-file.ts';
import type { ReadinessRule } from './readiness.ts';
import type { SlotOwner } from './slot-owner.ts';
import { NO_IDLE_GRACE_MS, stopWorker } from './stop-worker.ts';
import { type Effect, next, type WorkerEvent, type WorkerRecord } from './worker-machine.ts';
import { WorkerProcess, type WorkerSite } from './worker-process.ts';
import { viewOf } from './worker-snapshot.ts';

export interface SlotOptions {
  readonly site: WorkerSite;
  readonly spec: AppSpec;
  readonly record: WorkerRecord;
  readonly generation: number;
  readonly pidFile: PidFile;
  readonly owner: SlotOwner;
}

const NOT_RUNNING: StopReport = { how: 'not-running', tookMs: 0 };
const NO_EXIT = { code: null, uptimeMs: 0, neverReady: false };

/** One slot of an app: runs its state machine, and carries out what that says. */
export class Slot {
  readonly site: WorkerSite;
  readonly #owner: SlotOwner;
  readonly #pidFile: PidFile;
  #record: WorkerRecord;
  #spec: AppSpec;
  #generation: number;
  #process: WorkerProcess | null = null;
  #lastProcess: WorkerProcess | null = null;
  readonly #leftovers = new Leftovers();
  #lastExit: ExitInfo | null = null;
  #cause: RestartCause | null = null;
  #timer: NodeJS.Timeout | undefined;
  #stopping: Promise<StopReport> | null = null;
  #neverReady = false;
  #leaving = false;
  #idleGraceMs = NO_IDLE_GRACE_MS;
  #waiting: ((outcome: Outcome<WorkerView>) => void)[] = [];

  constructor({ site, spec, record, generation, pidFile, owner }: SlotOptions) {
    this.site = site;
    this.#spec = spec;
    this.#record = record;
    this.#generation = generation;
    this.#pidFile = pidFile;
    this.#owner = owner;
  }

  get process(): WorkerProcess | null {
    return this.#process;
  }

  get generation(): number {
    return this.#generation;
  }

  get status(): WorkerRecord['state']['status'] {
    return this.#record.state.status;
  }

  get view(): WorkerView {
    return viewOf({
      site: this.site,
      spec: this.#spec,
      record: this.#record,
      generation: this.#generation,
      process: this.#process,
      lastExit: this.#lastExit,
      restartCause: this.#cause,
    });
  }

  /** Starts it, or finds it started. Resolves when it is online or its first try has failed. */
  start(spec = this.#spec): Promise<Outcome<WorkerView>> {
    this.#spec = spec;
    this.#cause = null;
    return this.#settledAfter({ type: 'start', at: Date.now() });
  }

  /** Stops it if it runs, and starts it. */
  restart(spec = this.#spec, cause: RestartCause | null = null): Promise<Outcome<WorkerView>> {
    this.#spec = spec;
    this.#cause = cause;
    this.#idleGraceMs = NO_IDLE_GRACE_MS;
    return this.#settledAfter({ type: 'restart', at: Date.now() });
  }

  /** Stops it and keeps it; `forGood`: nothing starts it again, whatever is asked for meanwhile. */
  async stop({ idleGraceMs = NO_IDLE_GRACE_MS, forGood = false } = {}): Promise<StopReport> {
    this.#idleGraceMs = idleGraceMs;
    this.#leaving ||= forGood;
    this.#dispatch({ type: 'stop' });
    const stopping = this.status === 'stopping' ? this.#stopping : null;
    return (await stopping) ?? NOT_RUNNING;
  }

  /** Another spec, for what follows; the process that runs stays. */
  amend(spec: AppSpec): void {
    this.#spec = spec;
    this.#process?.amend(spec);
  }

  resetCounters(): void {
    this.#dispatch({ type: 'reset', at: Date.now() });
  }

  /** Starts another process for this slot beside the one it has. The caller watches it, then puts it in or stops it. */
  spawnSuccessor(
    spec: AppSpec,
    rule: ReadinessRule,
    watch: { ready(): void; overdue(cause: string): void },
  ): WorkerProcess {
    return new WorkerProcess(spec, this.site, rule, {
      ready: watch.ready,
      overdue: (_, cause) => watch.overdue(cause),
      exited: (process, exit) => this.#onExited(process, exit),
    });
  }

  /** Puts a ready successor in, and hands out the process that was there, for its drain. */
  replace(successor: WorkerProcess, generation: number, cause: RestartCause | null): WorkerProcess | null {
    const old = this.#process;
    this.#cause = cause;
    this.#process = successor;
    this.#spec = successor.spec;
    this.#generation = generation;
    this.#pidFile.write(successor.paths.pidFile, successor.pid);
    this.#dispatch({ type: 'replaced', at: Date.now() });
    return old;
  }

  #settledAfter(event: WorkerEvent): Promise<Outcome<WorkerView>> {
    if (this.#leaving) return Promise.resolve(fail(problem('app/busy', { name: this.#spec.name, doing: 'delete' })));
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#dispatch(event);
    });
  }

  #settle(outcome: Outcome<WorkerView>): void {
    for (const resolve of this.#waiting.splice(0)) resolve(outcome);
  }

  #dispatch(event: WorkerEvent): void {
    const { record, effects } = next(this.#record, event);
    this.#record = record; // the only assignment of a state
    for (const effect of effects) this.#perform(effect);
    this.#owner.changed(this.view);
    if (record.state.status === 'online') this.#settle(succeed(this.view));
    if (record.state.status === 'stopped' && event.type === 'stop') this.#settle(fail(problem('request/aborted')));
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case 'launch':
        void this.#launch();
        break;
      case 'stop-process':
        this.#stopping = this.#stopProcess();
        break;
      case 'schedule':
        this.#timer = setTimeout(() => this.#dispatch({ type: 'due' }), Math.max(effect.at - Date.now(), 0));
        break;
      case 'cancel-schedule':
        clearTimeout(this.#timer);
        break;
    }
  }

  async #launch(): Promise<void> {
    const last = this.#lastProcess;
    this.#lastProcess = null;
    // In cluster mode the port is ours, so nothing is in the way; elsewhere a child that survived may hold it.
    const swept = last?.spec.treekill && this.#leftovers.sweepAfter(last, this.#spec.execMode === 'cluster');
    if (swept && this.#spec.execMode === 'fork') await swept;
    if (this.status !== 'launching' || this.#process) return; // stopped, or started again, meanwhile
    this.#neverReady = false;
    const process = new WorkerProcess(this.#spec, this.site, this.#owner.ruleFor(this.#spec), {
      ready: (which) => this.#onReady(which),
      overdue: (which, cause) => this.#onOverdue(which, cause),
      exited: (which, exit) => this.#onExited(which, exit),
    });
    this.#process = process;
    if (!this.#spec.waitReady) process.admit();
    if (process.pid > 0) this.#pidFile.write(process.paths.pidFile, process.pid);
    this.#owner.changed(this.view);
  }

  async #stopProcess(): Promise<StopReport> {
    const stopped = this.#process && stopWorker(this.#process, { idleGraceMs: this.#idleGraceMs });
    await this.#leftovers.sweep();
    if (stopped) return stopped;
    // Still sweeping up before a launch: there is nothing to wait for.
    this.#dispatch({ type: 'exited', at: Date.now(), exit: NO_EXIT, policy: this.#spec });
    return NOT_RUNNING;
  }

  #onReady(process: WorkerProcess): void {
    if (process !== this.#process) return;
    process.admit();
    this.#dispatch({ type: 'ready' });
  }

  #onOverdue(process: WorkerProcess, cause: string): void {
    if (process !== this.#process || this.status !== 'launching') return;
    this.#settle(fail(this.#startFailed(cause, process.stderrTail)));
    if (!this.#spec.waitReady) return; // it may still listen: slow is not dead
    this.#neverReady = true;
    void stopWorker(process, { idleGraceMs: NO_IDLE_GRACE_MS });
  }

  #onExited(process: WorkerProcess, exit: ExitInfo): void {
    if (process !== this.#process) return; // replaced, or never put in: its owner knows
    this.#process = null;
    this.#lastProcess = process;
    this.#lastExit = exit;
    this.#pidFile.remove();
    this.#owner.exited(this.site.pmId, exit);
    const before: string = this.status;
    this.#dispatch({
      type: 'exited',
      at: exit.at,
      exit: { ...exit, neverReady: this.#neverReady },
      policy: this.#spec,
    });
    if (before !== 'stopping') void this.#settleAfterCrash(exit);
    else if (this.status === 'stopped') this.#settle(fail(problem('request/aborted')));
  }

  async #settleAfterCrash(exit: ExitInfo): Promise<void> {
    const finished = exit.code !== null && (exit.code === 0 || this.#spec.stopExitCodes.includes(exit.code));
    if (finished) return this.#settle(succeed(this.view));
    const waiting = this.#waiting.splice(0);
    if (waiting.length === 0) return;
    const failure = fail(this.#startFailed(sayExit(exit), exit.stderr, await hintFrom(exit.stderr)));
    for (const resolve of waiting) resolve(failure);
  }

  #startFailed(cause: string, stderr: readonly string[], hint?: string) {
    return problem('app/start-failed', { name: this.#spec.name, cause, stderr, ...(hint ? { hint } : {}) });
  }
}
