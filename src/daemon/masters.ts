import { readdir, unlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../protocol/client.ts';
import type { KeptMaster, MasterEvent, MasterRequests, WorkerMessage } from '../protocol/messages.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { masterSocket, type Paths } from '../shared/paths.ts';
import { problem } from '../shared/problems.ts';
import type { AppList } from './app-list.ts';
import type { DaemonLog } from './daemon-log.ts';
import { endLeftovers } from './leftover-workers.ts';
import { exitMaster } from './master-exit.ts';
import { joinMaster, type MasterLink } from './master-link.ts';
import { MasterRecovery } from './master-recovery.ts';
import { spawnMaster } from './spawn-master.ts';

export interface MastersOptions {
  readonly paths: Paths;
  /** Folder of master.cjs. */
  readonly distDir: string;
  readonly list: AppList;
  readonly log: DaemonLog;
  onMessage(message: WorkerMessage): void;
}

/** A master that hangs must not keep the daemon from answering for the others. */
const ADOPT_MS = 3000;

/** How long a request waits for a master that is being replaced. */
const PATIENCE_MS = 20_000;

/** The masters of a home: found when the daemon starts, started when needed, replaced when they die, ended when empty. */
export class Masters {
  readonly #options: MastersOptions;
  readonly #recovery: MasterRecovery;
  readonly #links = new Map<string, Promise<Outcome<MasterLink>>>();
  readonly #users = new Map<string, number>();
  /** Masters that were told to exit, until they have. */
  readonly #leaving = new Map<string, Promise<void>>();
  #closing = false;
  #watching = false;

  constructor(options: MastersOptions) {
    this.#options = options;
    this.#recovery = new MasterRecovery({
      ...options,
      rejoin: (id) => this.#join(id, { fresh: false }),
      spawn: (id) => this.#spawn(id),
      isClosing: () => this.#closing,
    });
  }

  /** Ids that a new master may not have. */
  get ids(): string[] {
    return [...this.#links.keys(), ...this.#leaving.keys()];
  }

  /** Takes over every master that lives. Sockets of dead ones are removed. */
  async adoptAll(): Promise<void> {
    const names = await readdir(this.#options.paths.mastersDir);
    const ids = names.filter((name) => name.endsWith('.sock')).map((name) => name.slice(0, -'.sock'.length));
    const adopted = Promise.all(ids.map((id) => this.#adopt(id)));
    await Promise.race([adopted, delay(ADOPT_MS, undefined, { ref: false })]);
  }

  async #adopt(id: string): Promise<void> {
    const joined = await this.#keep(id, this.#join(id, { fresh: false }));
    if (!joined.ok) await unlink(masterSocket(this.#options.paths, id)).catch(() => {});
  }

  /** Starts masters again for those apps of the list that have none. */
  restore(): void {
    for (const id of new Set(this.#options.list.all().map(({ masterId }) => masterId))) {
      if (!this.#links.has(id)) void this.#keep(id, this.#recovery.replace(id, this.#options.list.ofMaster(id)));
    }
  }

  /** Does something with a master, which is started when there is none, and ends when it has no app after this. */
  async use<T>(
    { masterId, name }: { masterId: string; name: string },
    work: (client: Client<MasterRequests, MasterEvent>) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    this.#users.set(masterId, (this.#users.get(masterId) ?? 0) + 1);
    try {
      const link = await this.#linkOf(masterId);
      if (!link.ok) return link;
      const outcome = await work(link.value.client);
      if (outcome.ok || outcome.problem.code !== 'daemon/lost') return outcome;
      return fail(problem('master/lost', { name, reason: 'it died in the middle of this' }));
    } finally {
      this.#users.set(masterId, (this.#users.get(masterId) ?? 1) - 1);
      this.endIfUnused(masterId);
    }
  }

  /** Has masters pass on what apps send, or no longer; also those that come. */
  watchMessages(on: boolean): void {
    this.#watching = on;
    void this.callAll((client) => client.call('messages.watch', { on }));
  }

  /** Asks every master there is; who does not answer is left out. */
  async callAll<T>(ask: (client: Client<MasterRequests, MasterEvent>) => Promise<Outcome<T>>): Promise<T[]> {
    const answers = await Promise.all(
      [...this.#links.values()].map(async (link) => {
        const joined = await link;
        return joined.ok ? ask(joined.value.client) : joined;
      }),
    );
    return answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  }

  /** Ends a master that has no app left, unless somebody is about to give it one. */
  endIfUnused(id: string): void {
    const link = this.#links.get(id);
    if (link === undefined || (this.#users.get(id) ?? 0) > 0 || this.#options.list.ofMaster(id).length > 0) return;
    this.#users.delete(id);
    this.#end(id, link);
  }

  /** Ends those that have no app, as one that was started for a request of a daemon that is gone. */
  endUnused(): void {
    for (const id of this.#links.keys()) void this.#links.get(id)?.then(() => this.endIfUnused(id));
  }

  /** Whether a request waits for a master. */
  get isBusy(): boolean {
    return [...this.#users.values()].some((count) => count > 0);
  }

  /** The masters there are. */
  async kept(): Promise<KeptMaster[]> {
    const links = await Promise.all(this.#links.values());
    return links.flatMap((link) =>
      link.ok
        ? [
            {
              apps: this.#options.list.ofMaster(link.value.id).map(({ spec }) => spec.name),
              version: link.value.version,
            },
          ]
        : [],
    );
  }

  /** Lets go of all masters, which run on. */
  async leave(): Promise<void> {
    this.#closing = true;
    for (const link of await Promise.all(this.#links.values())) if (link.ok) link.value.client.close();
  }

  /** Ends all masters. They have no running worker by now; one that does not obey is killed, with what it leaves behind. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const [id, link] of this.#links) this.#end(id, link);
    await Promise.all(this.#leaving.values());
  }

  #linkOf(id: string): Promise<Outcome<MasterLink>> {
    const lost = fail(problem('master/lost', { name: id, reason: 'it cannot be replaced' }));
    const link = this.#links.get(id) ?? this.#keep(id, this.#start(id));
    return Promise.race([link, delay(PATIENCE_MS, lost, { ref: false })]);
  }

  /** Holds what is to become the link of a master, for as long as it may become one. */
  #keep(id: string, link: Promise<Outcome<MasterLink>>): Promise<Outcome<MasterLink>> {
    this.#links.set(id, link);
    void link.then(({ ok }) => {
      if (!ok && this.#links.get(id) === link) this.#links.delete(id);
    });
    return link;
  }

  async #start(id: string): Promise<Outcome<MasterLink>> {
    await this.#leaving.get(id);
    return this.#spawn(id);
  }

  async #spawn(id: string): Promise<Outcome<MasterLink>> {
    const { paths, distDir, log } = this.#options;
    const spawned = await spawnMaster({ paths, id, distDir }, () => this.#join(id, { fresh: true }));
    if (!spawned.ok) log.note(`Master "${id}" could not be started. ${spawned.problem.message}`);
    return spawned;
  }

  /** A fresh master knows nothing yet, which says nothing about the list. */
  async #join(id: string, { fresh }: { fresh: boolean }): Promise<Outcome<MasterLink>> {
    const { paths, list, log, onMessage } = this.#options;
    const joined = await joinMaster({ paths, id }, (event) =>
      event.type === 'worker-message' ? onMessage(event) : list.apply(event),
    );
    if (!joined.ok) return joined;
    const { link, apps } = joined.value;
    if (!fresh || apps.length > 0) list.adopt(id, apps);
    link.client.onClose(() => this.#lost(link));
    if (this.#watching) void link.client.call('messages.watch', { on: true });
    log.note(`Master "${id}" is pid ${link.process.pid}, apps: ${apps.length}.`);
    return succeed(link);
  }

  #lost(link: MasterLink): void {
    if (this.#closing || this.#leaving.has(link.id)) return;
    void this.#keep(link.id, this.#recovery.recover(link));
  }

  #end(id: string, link: Promise<Outcome<MasterLink>>): void {
    const { list, paths } = this.#options;
    this.#links.delete(id);
    const left = link
      .then(async (joined) => {
        if (joined.ok) await exitMaster(joined.value);
        const apps = list.ofMaster(id);
        if (apps.length > 0) await endLeftovers(paths.home, apps);
        await unlink(masterSocket(paths, id)).catch(() => {});
      })
      .finally(() => this.#leaving.delete(id));
    this.#leaving.set(id, left);
  }
}
