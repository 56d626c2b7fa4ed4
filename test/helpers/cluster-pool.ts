import { type ChildProcess, fork } from 'node:child_process';
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Balancer } from '../../src/master/balancer.ts';
import { ControlChannel } from '../../src/master/control-channel.ts';
import { until } from './until.ts';

type Listening = Parameters<ConstructorParameters<typeof Balancer>[0]['listening']>[1];
type BindFailure = Parameters<ConstructorParameters<typeof Balancer>[0]['bindFailed']>[1];

/** A running app with its control channel; what it prints is kept. */
export class RunningApp {
  readonly child: ChildProcess;
  readonly control: ControlChannel;
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  output = '';

  constructor(child: ChildProcess) {
    this.child = child;
    this.control = new ControlChannel(child, () => {});
    this.exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        this.output += text;
      });
    }
  }

  /** Waits until the app has printed `text`. */
  async printed(text: string): Promise<string> {
    await until(`"${text}" in the output`, () => this.output.includes(text), {
      ms: 4_000,
      evidence: () => this.output,
    });
    return this.output;
  }
}

/** A worker of a real cluster whose primary is this process. */
export class PoolWorker extends RunningApp {
  readonly worker: Worker;
  readonly listens: Listening[] = [];
  readonly bindFailures: BindFailure[] = [];

  constructor(worker: Worker) {
    super(worker.process);
    this.worker = worker;
  }

  async port(): Promise<number> {
    const at = await until('the worker to listen', () => this.listens[0], {
      ms: 4_000,
      evidence: () => this.output,
    });
    return at.port;
  }
}

/** A balancer with real workers that run given sources. Ends them all when it goes out of scope. */
export class ClusterPool implements AsyncDisposable {
  readonly balancer: Balancer;
  readonly #folder: string;
  readonly #workers = new Map<Worker, PoolWorker>();
  readonly #forks: RunningApp[] = [];
  readonly #left: Promise<void>[] = [];
  #scripts = 0;

  static async create(): Promise<ClusterPool> {
    const folder = await mkdtemp(join(tmpdir(), 'pm-pool-'));
    await build({
      entryPoints: ['src/worker/preload.ts'],
      outfile: join(folder, 'preload.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logLevel: 'error',
    });
    return new ClusterPool(folder);
  }

  private constructor(folder: string) {
    this.#folder = folder;
    this.balancer = new Balancer({
      listening: (worker, at) => this.#workers.get(worker)?.listens.push(at),
      bindFailed: (worker, failure) => this.#workers.get(worker)?.bindFailures.push(failure),
    });
  }

  /** Starts a worker that runs `source` (CommonJS) and admits it, unless told otherwise. */
  async spawn(source: string, { admit = true, env = {} } = {}): Promise<PoolWorker> {
    const exec = await this.#write(source);
    cluster.setupPrimary({ exec, args: [], execArgv: this.#execArgv, silent: true });
    const worker = cluster.fork(env);
    this.balancer.attach(worker);
    const running = new PoolWorker(worker);
    this.#workers.set(worker, running);
    worker.process.once('exit', () => this.#left.push(this.balancer.detach(worker)));
    if (admit) this.balancer.admit(worker);
    return running;
  }

  /** Starts `source` in a plain Node child, as fork mode does. */
  async fork(source: string): Promise<RunningApp> {
    const running = new RunningApp(fork(await this.#write(source), { execArgv: this.#execArgv, silent: true }));
    this.#forks.push(running);
    return running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const app of [...this.#workers.values(), ...this.#forks]) {
      app.child.kill('SIGKILL');
      await app.exited;
    }
    await Promise.all(this.#left);
    this.balancer.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #execArgv(): string[] {
    return ['--require', join(this.#folder, 'preload.cjs')];
  }

  async #write(source: string): Promise<string> {
    const file = join(this.#folder, `app-${++this.#scripts}.js`);
    await writeFile(file, source);
    return file;
  }
}
