import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandResult, minimalEnvironment, runCommand } from '../measure/command.ts';
import { isAlive, parentOf, pidsWithEnvironment } from '../measure/process-facts.ts';
import { until } from '../measure/wait.ts';
import { running } from './interruption.ts';
import type { BenchApp, ListedProcess, Manager } from './manager.ts';

/** In what the two managers differ, seen from outside. */
export interface Traits {
  readonly name: Manager['name'];
  /** The script behind the command. */
  readonly bin: string;
  readonly homeVariable: string;
  /** Name of the daemon's pid file in the home folder. */
  readonly pidFile: string;
}

/** Drives a manager through its command line and `jlist` only, as a user's script would. */
export class CliManager implements Manager {
  readonly name: Manager['name'];
  readonly home = mkdtempSync(join(tmpdir(), 'bench-'));
  readonly #traits: Traits;
  readonly #env: NodeJS.ProcessEnv;

  constructor(traits: Traits) {
    this.name = traits.name;
    this.#traits = traits;
    running.add(this);
    this.#env = {
      ...minimalEnvironment(this.home),
      [traits.homeVariable]: this.home,
      PM2_DISABLE_VERSION_CHECK: 'true', // no look-up on the network during a measurement
    };
  }

  run(args: readonly string[], { timeoutMs = 60_000, env = {} } = {}): Promise<CommandResult> {
    const options = { env: { ...this.#env, ...env }, cwd: this.home, timeoutMs };
    return runCommand(process.execPath, [this.#traits.bin, ...args], options);
  }

  async start(app: BenchApp): Promise<CommandResult> {
    const mode = app.instances === undefined ? [] : ['-i', String(app.instances)];
    const args = ['start', app.script, '--name', app.name, ...mode, ...(app.flags ?? [])];
    const result = await this.run(args, { env: { ...app.env } });
    if (result.code !== 0) throw new Error(`${this.name} ${args.join(' ')} failed:\n${result.stderr}${result.stdout}`);
    return result;
  }

  async list(): Promise<ListedProcess[]> {
    const { stdout, stderr } = await this.run(['jlist']);
    const json = stdout.split('\n').find((line) => line.startsWith('[{') || line.startsWith('[]'));
    if (json === undefined) throw new Error(`${this.name} jlist gave no list:\n${stderr}${stdout}`);
    return (JSON.parse(json) as JlistEntry[]).map((entry) => ({
      // PM2's documented schema
      id: entry.pm_id,
      name: entry.name,
      pid: entry.pid ?? 0,
      status: entry.pm2_env.status,
      restarts: entry.pm2_env.restart_time,
      upSince: entry.pm2_env.pm_uptime,
    }));
  }

  daemonPid(): number | undefined {
    try {
      const pid = Number(readFileSync(join(this.home, this.#traits.pidFile), 'utf8'));
      return isAlive(pid) ? pid : undefined;
    } catch {
      return undefined;
    }
  }

  async ownPids(): Promise<number[]> {
    const workers = new Set((await this.list()).map((listed) => listed.pid));
    const parents = [...workers].map(parentOf);
    const candidates = new Set([this.daemonPid(), ...parents, ...this.allPids()]);
    return [...candidates].filter((pid) => pid !== undefined && pid > 1 && !workers.has(pid)) as number[]; // undefined is out
  }

  allPids(): number[] {
    return pidsWithEnvironment(`${this.#traits.homeVariable}=${this.home}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.daemonPid() !== undefined || this.allPids().length > 0) await this.run(['kill']);
    await until('the last process to end', () => this.allPids().length === 0, { ms: 3000 }).catch(() => {
      console.error(`${this.name} left ${this.allPids().length} processes behind after "kill"; they are killed now.`);
    });
    this.kill();
  }

  /** Kills all that was started with this home, and removes the home. */
  kill(): void {
    // Again until none is left: a master whose daemon is killed starts another.
    for (let pids = this.allPids(); pids.length > 0; pids = this.allPids()) {
      for (const pid of pids) signal(pid);
    }
    rmSync(this.home, { recursive: true, force: true });
    running.delete(this);
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself meanwhile
  }
}

interface JlistEntry {
  readonly pid?: number;
  readonly name: string;
  readonly pm_id: number;
  readonly pm2_env: { readonly status: string; readonly restart_time: number; readonly pm_uptime: number };
}
