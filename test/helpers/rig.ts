import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { inject, onTestFailed } from 'vitest';
import { type CliResult, CliRun, clip } from './cli.ts';
import { freePort } from './free-port.ts';
import { acceptsConnections } from './http.ts';
import { descendantsOf, type Proc, procOf, procsWithEnv, stillRuns } from './proc.ts';
import { until } from './until.ts';

const COMMAND_MS = 60_000; // no command may take longer in a test
const GONE_MS = 3_000; // from the end of `pm kill` until the daemon's own process is gone

/** What `pm jlist` says of a worker, as far as tests care: PM2's schema. */
export interface ListedWorker {
  readonly pid: number;
  readonly name: string;
  readonly pm_id: number;
  readonly monit: { readonly memory: number; readonly cpu: number };
  readonly pm2_env: {
    readonly status: string;
    readonly restart_time: number;
    readonly unstable_restarts: number;
    readonly pm_uptime: number;
    readonly created_at: number;
    readonly exec_mode: string;
    readonly instances: number;
    readonly NODE_APP_INSTANCE: number;
    readonly pm_out_log_path: string;
    readonly pm_err_log_path: string;
    readonly [key: string]: unknown;
  };
}

/** What of a worker stays the same as long as nobody touches it. */
export const identity = ({ pid, pm_id, name, pm2_env }: ListedWorker) => ({
  pid,
  pm_id,
  name,
  status: pm2_env.status,
  restarts: pm2_env.restart_time,
  uptime: pm2_env.pm_uptime,
  created: pm2_env.created_at,
});

/**
 * A `pm` of its own for one test: home, work folder and environment apart from everything else. `await using` ends it, and proves
 * that no process and no socket is left.
 */
export class Rig {
  /** PM_HOME. */
  readonly home: string;
  /** Folder the commands run in; also HOME. */
  readonly work: string;
  /** Complete environment of the commands. Tests may add to it. */
  readonly env: Record<string, string>;
  readonly #root: string;
  readonly #runs: CliRun[] = [];
  /** Settings that mark the processes of this rig: daemon and masters keep the home alone, apps may lose it. */
  readonly #marks: readonly string[];

  private constructor(root: string) {
    this.#root = root;
    this.home = join(root, 'h');
    this.work = join(root, 'w');
    this.#marks = [`PM_TEST_RIG=${root}`, `PM_HOME=${this.home}`, `PM2_HOME=${this.home}`];
    this.env = {
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
      HOME: this.work,
      LANG: 'C.UTF-8',
      PM_HOME: this.home,
      PM_TEST_RIG: root,
    };
  }

  static async create(): Promise<Rig> {
    const rig = new Rig(await mkdtemp(join(tmpdir(), 'pm-')));
    await mkdir(rig.work);
    return rig;
  }

  /** Runs a command to its end. */
  async pm(...args: string[]): Promise<CliResult> {
    return this.#finish(this.open(...args));
  }

  /** Runs a command that must succeed. */
  async ok(...args: string[]): Promise<CliResult> {
    const result = await this.pm(...args);
    if (result.code !== 0) throw new Error(`pm ${args.join(' ')} exited with ${result.code}\n${this.transcript()}`);
    return result;
  }

  /** Runs a command with something on its stdin. */
  async feed(input: string, ...args: string[]): Promise<CliResult> {
    return this.#finish(this.#spawn(args, input));
  }

  /** Starts a command and leaves it running, `pm logs` for one. It is ended with the rig. */
  open(...args: string[]): CliRun {
    return this.#spawn(args);
  }

  #spawn(args: readonly string[], input?: string): CliRun {
    const plan = { bin: inject('pmBin'), args, cwd: this.work, env: this.env };
    const run = new CliRun(input === undefined ? plan : { ...plan, input });
    this.#runs.push(run);
    return run;
  }

  async #finish(run: CliRun): Promise<CliResult> {
    const tooLong = new Error(`pm ${run.args.join(' ')} did not end within ${COMMAND_MS} ms.`);
    const timer = setTimeout(() => run.kill(), COMMAND_MS);
    const result = await run.done;
    clearTimeout(timer);
    if (result.signal !== 'SIGKILL') return result;
    tooLong.message += `\n${this.transcript()}`;
    throw tooLong;
  }

  /** What runs, by `pm jlist`. */
  async jlist(): Promise<ListedWorker[]> {
    return JSON.parse((await this.ok('jlist')).stdout);
  }

  /** The workers of one app, by id. */
  async workers(name: string): Promise<ListedWorker[]> {
    return (await this.jlist()).filter((worker) => worker.name === name);
  }

  async pids(name: string): Promise<number[]> {
    return (await this.workers(name)).map(({ pid }) => pid);
  }

  /** The daemon's pid; undefined when none runs. */
  daemonPid(): number | undefined {
    try {
      const pid = Number(readFileSync(join(this.home, 'daemon.pid'), 'utf8'));
      return procOf(pid) && pid;
    } catch {
      return undefined;
    }
  }

  /** The process that started another: the master of a worker. */
  parentOf(pid: number): number {
    const ppid = procOf(pid)?.ppid;
    if (ppid === undefined) throw new Error(`No process has the pid ${pid}.\n${this.transcript()}`);
    return ppid;
  }

  /** Path of an app in test/fixtures/apps. */
  fixture(name: string): string {
    const path = resolve('test/fixtures/apps', name);
    if (!existsSync(path)) throw new Error(`There is no fixture ${path}.`);
    return path;
  }

  /** Copies a fixture into the work folder, where the next one can be deployed over it; returns the path there. */
  async deploy(fixture: string, as: string): Promise<string> {
    return this.write(as, readFileSync(this.fixture(fixture), 'utf8'));
  }

  /** Starts a server of the fixtures under the name "app" on a free port, which it returns. */
  serve(fixture: string, ...flags: string[]): Promise<number> {
    return this.serveScript(this.fixture(fixture), '--name', 'app', ...flags);
  }

  /** Starts a server on a free port, which it returns once it is listened on: a slow one may be online before. */
  async serveScript(script: string, ...flags: string[]): Promise<number> {
    const port = await freePort();
    this.env.PORT = String(port);
    await this.ok('start', script, ...flags);
    await this.until(`${script} to listen`, () => acceptsConnections(port));
    return port;
  }

  /** What the workers of an app have written to their stdout, by their log files. */
  async output(name: string): Promise<string> {
    const paths = (await this.workers(name)).map(({ pm2_env }) => pm2_env.pm_out_log_path);
    return [...new Set(paths)].map((path) => this.read(path)).join('');
  }

  /** Writes a file into the work folder and returns its path. */
  async write(name: string, content: string): Promise<string> {
    const path = join(this.work, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  /** Path of a runnable example. */
  example(name: string): string {
    return resolve('examples', name);
  }

  /** Text of a file; empty when there is none. */
  read(path: string, encoding: BufferEncoding = 'utf8'): string {
    return readIfThere(path, encoding);
  }

  freePort(): Promise<number> {
    return freePort();
  }

  /** Waits for a condition; what this rig knows is printed when it does not come within `ms` (10 s). */
  until<T>(what: string, probe: () => T | undefined | false | Promise<T | undefined | false>, ms?: number): Promise<T> {
    return until(what, probe, { ...(ms ? { ms } : {}), evidence: () => this.transcript() });
  }

  /** Every living process that this rig caused. */
  processes(): Proc[] {
    const marked = procsWithEnv(this.#marks);
    const pids = marked.map(({ pid }) => pid);
    const unmarked = descendantsOf(pids).filter(({ pid }) => !pids.includes(pid));
    return distinct([...marked, ...unmarked]);
  }

  /** What happened here: the last commands, the logs of daemon, masters and apps, and the processes. */
  transcript(): string {
    const [last] = this.#runs.slice(-1);
    const commands = this.#runs
      .filter((run) => run === last || run.args[0] !== 'jlist') // polled again and again
      .slice(-8)
      .map((run) => run.transcript());
    const logs = ['.', 'masters', 'logs']
      .flatMap((folder) => namesIn(join(this.home, folder)).map((name) => join(folder, name)))
      .filter((name) => name.endsWith('.log'))
      .map((name) => `--- ${name}\n${clip(this.read(join(this.home, name)))}`);
    const processes = this.processes().map(({ pid, ppid, state, command }) => `${pid} ${ppid} ${state} ${command}`);
    return [...commands, ...logs, '--- processes (pid, parent, state)', ...processes].join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const before = this.transcript();
    whenTestFails(() => console.error(before));
    const lived = this.processes();
    for (const run of this.#runs) if (run.running) run.kill();
    const killed = await this.pm('kill').then(
      ({ code }) => code === 0,
      () => false,
    ); // what it printed is in the transcript
    const left = await this.#whatIsLeft(lived);
    const after = this.transcript();
    for (const { pid } of left.processes) killIfThere(pid);
    await rm(this.#root, { recursive: true, force: true });
    if (!killed || !isNothing(left)) {
      throw new Error(
        `"pm kill" ${killed ? 'succeeded' : 'failed'}, and left: ${describe(left)}\n${before}\n=== then\n${after}`,
      );
    }
  }

  /** Processes and sockets that outlive `pm kill`. */
  async #whatIsLeft(lived: readonly Proc[]): Promise<Left> {
    const look = () => ({
      processes: distinct([...lived.filter(stillRuns), ...this.processes()]),
      sockets: this.#sockets(),
    });
    await until('nothing to be left', () => isNothing(look()), { ms: GONE_MS }).catch(() => {});
    return look();
  }

  #sockets(): string[] {
    return ['.', 'masters'].flatMap((folder) =>
      namesIn(join(this.home, folder)).filter((name) => name.endsWith('.sock')),
    );
  }
}

interface Left {
  readonly processes: readonly Proc[];
  readonly sockets: readonly string[];
}

const isNothing = ({ processes, sockets }: Left): boolean => processes.length === 0 && sockets.length === 0;

const describe = ({ processes, sockets }: Left): string =>
  [...processes.map(({ pid, command }) => `${pid} (${command})`), ...sockets].join(', ') || 'nothing';

const distinct = (procs: readonly Proc[]): Proc[] => [...new Map(procs.map((proc) => [proc.pid, proc])).values()];

function whenTestFails(print: () => void): void {
  try {
    onTestFailed(print);
  } catch {
    // a rig shared by the tests of a file is disposed of after them, in a hook
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone meanwhile
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readIfThere(path: string, encoding: BufferEncoding): string {
  try {
    return readFileSync(path, encoding);
  } catch {
    return '';
  }
}
