import type { ChildProcess, Serializable } from 'node:child_process';
import type { Worker } from 'node:cluster';
import type { AppSpec } from '../shared/app-spec.ts';
import { succeed } from '../shared/outcome.ts';
import type { Paths } from '../shared/paths.ts';
import type { ExitInfo } from '../shared/worker-view.ts';
import type { Balancer } from './balancer.ts';
import { ControlChannel } from './control-channel.ts';
import { readEnvFiles } from './env-file.ts';
import type { LogPaths } from './log-paths.ts';
import type { CapturedOutput, MasterLogs } from './logs/master-logs.ts';
import { startTicksOf } from './process-tree.ts';
import { Readiness, type ReadinessRule } from './readiness.ts';
import { spawnWorker } from './spawn-worker.ts';
import { environmentOf, MARKER_VARIABLE } from './worker-environment.ts';
import { type MessageOutlet, WorkerInbox } from './worker-inbox.ts';

/** Everything a start needs besides the app itself. */
export interface WorkerSite {
  readonly home: Pick<Paths, 'home' | 'variables'>;
  /** Of the app. */
  readonly name: string;
  readonly pmId: number;
  readonly slot: number;
  /** Files of this worker as a spec has them: a reload may bring others. */
  readonly pathsOf: (spec: AppSpec) => LogPaths;
  readonly logs: MasterLogs;
  /** null in fork mode. */
  readonly balancer: Balancer | null;
  readonly outlet: MessageOutlet;
}

/** What a process tells its owner. Each comes at most once, but `overdue`, which `ready` may follow. */
export interface WorkerProcessListener {
  ready(process: WorkerProcess): void;
  overdue(process: WorkerProcess, cause: string): void;
  exited(process: WorkerProcess, exit: ExitInfo): void;
}

/** One operating-system process of an app: from its spawn to the end of its output. */
export class WorkerProcess {
  readonly paths: LogPaths;
  readonly startedAt = Date.now();
  readonly startTicks: number;
  /** Marks every process that descends from this start, in its environment. */
  readonly marker: string;
  readonly exited: Promise<ExitInfo>;
  /** What the app says over its IPC channel. */
  readonly inbox: WorkerInbox;
  readonly #child: ChildProcess;
  readonly #worker: Worker | null;
  readonly #balancer: Balancer | null;
  readonly #control: ControlChannel | null;
  readonly #output: CapturedOutput;
  readonly #readiness: Readiness;
  readonly #site: WorkerSite;
  #spec: AppSpec;
  #running = true;
  #ready = false;

  constructor(spec: AppSpec, site: WorkerSite, rule: ReadinessRule, listener: WorkerProcessListener) {
    this.#spec = spec;
    this.#site = site;
    const fromFiles = readEnvFiles(spec);
    this.paths = site.pathsOf(spec);
    const env = environmentOf(spec, { ...site, paths: this.paths }, fromFiles.ok ? fromFiles.value : {});
    this.marker = env[MARKER_VARIABLE] ?? '';
    const { child, worker, preloaded } = spawnWorker(spec, fromFiles.ok ? succeed(env) : fromFiles);
    this.#child = child;
    this.#worker = worker;
    this.inbox = new WorkerInbox(site.outlet);
    this.#balancer = site.balancer;
    this.startTicks = startTicksOf(this.pid);
    if (worker) site.balancer?.attach(worker);
    this.#control = preloaded ? new ControlChannel(child, () => this.#readiness.onLoaded()) : null;
    this.#output = site.logs.capture(
      identityOf(spec, site, this.paths),
      this.pid,
      child.stdout ?? null,
      child.stderr ?? null,
    );
    this.#readiness = new Readiness(
      { ...rule, tellsLoad: preloaded },
      {
        ready: () => {
          this.#ready = true;
          listener.ready(this);
        },
        overdue: (cause) => listener.overdue(this, cause),
      },
    );
    child.on('message', (message) => {
      if (message === 'ready') this.#readiness.onReadyMessage();
      else this.inbox.receive(message);
    });
    child.on('internalMessage', (message: unknown) => site.outlet.receive(this, message));
    this.exited = this.#watchExit();
    void this.exited.then((exit) => listener.exited(this, exit));
  }

  get spec(): AppSpec {
    return this.#spec;
  }

  /** How it is stopped, and how its log files are rotated, is by this spec from now on; what it was started with stays. */
  amend(spec: AppSpec): void {
    this.#spec = spec;
    this.#site.logs.amend(identityOf(spec, this.#site, this.paths));
  }

  /** 0 when it could not be spawned. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get running(): boolean {
    return this.#running;
  }

  get isReady(): boolean {
    return this.#ready;
  }

  /** The side of it that speaks HTTP counts and drains; null for a program that is not Node. */
  get control(): ControlChannel | null {
    return this.#control;
  }

  get stderrTail(): string[] {
    return this.#output.stderrTail();
  }

  /** Whether this is the process behind a cluster worker. */
  isBehind(worker: Worker): boolean {
    return this.#worker === worker;
  }

  /** Its server listens. */
  onListening(): void {
    this.#readiness.onListening();
  }

  /** It may get connections. */
  admit(): void {
    if (this.#worker) this.#balancer?.admit(this.#worker);
  }

  /** It gets no more connections. */
  retire(): void {
    this.#readiness.close();
    if (this.#worker) this.#balancer?.retire(this.#worker);
  }

  /** Sends a message over the IPC channel. Returns whether the channel is open. */
  send(message: unknown): boolean {
    if (!this.#child.connected) return false;
    this.#child.send(message as Serializable, () => {}); // JSON: it came over the wire, or is a text of ours
    return true;
  }

  /** Writes to its stdin. Returns whether it has one. */
  type(text: string): boolean {
    if (!this.#child.stdin?.writable) return false;
    this.#child.stdin.write(text);
    return true;
  }

  /** Sends a signal to this process alone. Returns whether it runs. */
  signal(signal: NodeJS.Signals): boolean {
    return this.#running && this.#child.kill(signal);
  }

  async #watchExit(): Promise<ExitInfo> {
    const how = await new Promise<Pick<ExitInfo, 'code' | 'signal' | 'spawnError'>>((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code, signal }));
      this.#child.on('error', (error) => {
        // Also emitted for a message that could not be sent: only without a pid was there never a process.
        if (this.#child.pid === undefined) resolve({ code: null, signal: null, spawnError: error.message });
      });
    });
    const at = Date.now();
    this.#running = false;
    this.#readiness.close();
    if (this.#worker) void this.#balancer?.detach(this.#worker);
    await this.#output.finish();
    return { ...how, at, uptimeMs: at - this.startedAt, stderr: this.#output.stderrTail() };
  }
}

const identityOf = (spec: AppSpec, site: WorkerSite, { outFile, errorFile, logFile }: LogPaths) => ({
  app: spec.name,
  namespace: spec.namespace,
  slot: site.slot,
  pmId: site.pmId,
  outFile,
  errorFile,
  logFile,
  dateFormat: spec.logDateFormat,
  type: spec.logType,
  rotation: spec.logRotation,
});
