import { readFileSync } from 'node:fs';
import { carryOut, readPlans } from '../../src/cli/apply-file.ts';
import type { Session } from '../../src/cli/command.ts';
import { Output } from '../../src/cli/output/output.ts';
import { plain } from '../../src/cli/output/paint.ts';
import type { AppPlan } from '../../src/config/apply-plan.ts';
import { Client } from '../../src/protocol/client.ts';
import type { DaemonEvent } from '../../src/protocol/events.ts';
import type { DaemonRequests, ListedApp } from '../../src/protocol/messages.ts';
import { appKey } from '../../src/shared/app-spec.ts';
import { pathsOf } from '../../src/shared/paths.ts';
import { procOf } from './proc.ts';
import type { Rig } from './rig.ts';

/** `pm apply` without a process for each call: the same code, on one connection to a real daemon. */
export class ApplyRig {
  readonly #rig: Rig;
  readonly #client: Client<DaemonRequests, DaemonEvent>;
  readonly #apps: Record<string, Record<string, unknown>>;
  #keys: readonly string[] = [];
  #printed = '';

  private constructor(rig: Rig, client: Client<DaemonRequests, DaemonEvent>, apps: Record<string, object>) {
    this.#rig = rig;
    this.#client = client;
    this.#apps = { ...(apps as Record<string, Record<string, unknown>>) };
  }

  /** `apps`: what the file says at first, by a word for each app. */
  static async create(rig: Rig, apps: Record<string, object>): Promise<ApplyRig> {
    await rig.ok('ping');
    const client = await Client.connect<DaemonRequests, DaemonEvent>(pathsOf(rig.env).daemonSocket);
    if (!client.ok) throw new Error(client.problem.message);
    return new ApplyRig(rig, client.value, apps);
  }

  /** Lays keys over what the file says of an app; undefined takes one out. */
  declare(app: string, keys: object): void {
    this.#apps[app] = { ...this.#apps[app], ...keys };
  }

  async plan(): Promise<AppPlan[]> {
    const file = await this.#rig.write('ecosystem.json', JSON.stringify(Object.values(this.#apps)));
    const plans = await readPlans(file, { operands: [], options: { env: 'staging' }, appArgs: null }, this.#session());
    if (!plans.ok) throw new Error(JSON.stringify(plans.problem, null, 2));
    this.#keys = plans.value.filter(({ by }) => by !== 'delete').map(appKey);
    return plans.value;
  }

  async apply(): Promise<void> {
    this.#printed = '';
    const exitCode = await carryOut(await this.plan(), this.#session());
    if (exitCode !== 0) throw new Error(`apply came to ${exitCode}: ${this.#printed}`);
  }

  /** What runs, by the words of the apps, whatever their names have become. */
  async state(): Promise<Record<string, AppState>> {
    const listed = new Map((await this.ask('app.list', { env: true })).map((app) => [appKey(app.spec), app]));
    const found = Object.keys(this.#apps).flatMap((word, index) => {
      const app = listed.get(this.#keys[index] ?? '');
      return app ? [[word, new AppState(app)] as const] : [];
    });
    return Object.fromEntries(found);
  }

  async ask<M extends keyof DaemonRequests & string>(
    method: M,
    params: DaemonRequests[M]['params'],
  ): Promise<DaemonRequests[M]['result']> {
    const reply = await this.#client.call(method, params);
    if (!reply.ok) throw new Error(reply.problem.message);
    return reply.value;
  }

  close(): void {
    this.#client.close();
  }

  #session(): Session {
    const print = {
      write: (text: string) => {
        this.#printed += text;
        return true;
      },
    };
    return {
      env: this.#rig.env,
      cwd: this.#rig.work,
      paths: pathsOf(this.#rig.env),
      out: new Output({ streams: { stdout: print, stderr: print }, paint: plain, errorPaint: plain, silent: false }),
      ask: (method, params, signal) => this.#client.call(method, params, signal ? { signal } : {}),
      interrupted: () => new AbortController().signal,
    };
  }
}

/** An app as the daemon and /proc know it at one moment. */
export class AppState {
  readonly spec: ListedApp['spec'];
  readonly workers: ListedApp['workers'];
  /** Pid of the master. */
  readonly parents: readonly (number | undefined)[];

  constructor({ spec, workers }: ListedApp) {
    this.spec = spec;
    this.workers = workers;
    this.parents = workers.map(({ pid }) => procOf(pid)?.ppid);
  }

  get pids(): number[] {
    return this.workers.map(({ pid }) => pid);
  }

  get first(): ListedApp['workers'][number] {
    const [worker] = this.workers;
    if (!worker) throw new Error(`"${this.spec.name}" has no worker.`);
    return worker;
  }

  get environ(): string[] {
    return this.#proc('environ').split('\0');
  }

  get argv(): string[] {
    return this.#proc('cmdline').split('\0');
  }

  /** Real user and group. */
  get ids(): string {
    return [...this.#proc('status').matchAll(/^[UG]id:\t(\d+)/gm)].map(([, id]) => id).join(' ');
  }

  #proc(file: string): string {
    return readFileSync(`/proc/${this.first.pid}/${file}`, 'utf8');
  }
}
