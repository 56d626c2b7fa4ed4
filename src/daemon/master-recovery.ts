import { setTimeout as delay } from 'node:timers/promises';
import type { AddedWorker } from '../protocol/messages.ts';
import { fail, type Outcome } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { stillRuns } from '../shared/process-identity.ts';
import type { AppEntry, WorkerEntry } from './app-list.ts';
import { handOver } from './hand-over.ts';
import { healDelayMs } from './heal-delay.ts';
import { endLeftovers } from './leftover-workers.ts';
import type { MasterLink } from './master-link.ts';
import type { MastersOptions } from './masters.ts';

export interface RecoveryOptions extends MastersOptions {
  /** Connects to a master that lives, and takes over what it says. */
  rejoin(id: string): Promise<Outcome<MasterLink>>;
  /** Starts a master that has no app yet. */
  spawn(id: string): Promise<Outcome<MasterLink>>;
  isClosing(): boolean;
}

const FIRST_RETRY_MS = 5;
const LONGEST_RETRY_MS = 1000;

/** What is done when the connection to a master breaks, so that its apps run again: same ids, same slots, counters raised. */
export class MasterRecovery {
  readonly #options: RecoveryOptions;
  readonly #deathsAt = new Map<string, number[]>();

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /** The master itself may live: then only the connection is made again. */
  async recover({ id, process }: MasterLink): Promise<Outcome<MasterLink>> {
    const { list, log, rejoin, isClosing } = this.#options;
    const apps = list.ofMaster(id);
    for (let waitMs = FIRST_RETRY_MS; await stillRuns(process); waitMs = Math.min(waitMs * 2, LONGEST_RETRY_MS)) {
      if (isClosing()) return this.#gone(id);
      const joined = await rejoin(id);
      if (joined.ok) return joined;
      await delay(waitMs);
    }
    log.note(`Master "${id}" (pid ${process.pid}) is dead. ${apps.length} apps are started again.`);
    return this.replace(id, apps);
  }

  /** Starts a dead master again, once nothing of its workers is left. `apps`: with the pids it had. */
  async replace(id: string, apps: readonly AppEntry[]): Promise<Outcome<MasterLink>> {
    const { paths, list, log, spawn, isClosing } = this.#options;
    const stuck = await endLeftovers(paths.home, apps);
    if (stuck.length > 0) log.note(`Processes ${stuck.join(', ')} of master "${id}" cannot be ended.`);
    this.#showAsDown(apps);
    for (;;) {
      await delay(this.#countDeath(id));
      if (isClosing() || list.ofMaster(id).length === 0) return this.#gone(id);
      const spawned = await spawn(id);
      if (!spawned.ok) continue;
      for (const app of list.ofMaster(id)) void this.#readd(spawned.value, app);
      return spawned;
    }
  }

  #countDeath(id: string): number {
    const deathsAt = [...(this.#deathsAt.get(id) ?? []), Date.now()].slice(-20);
    this.#deathsAt.set(id, deathsAt);
    return healDelayMs(deathsAt, Date.now());
  }

  /** No master is there to say so. */
  #showAsDown(apps: readonly AppEntry[]): void {
    for (const { key, workers } of apps) {
      for (const { view, shouldRun } of workers) {
        const resting = view.status === 'errored' ? view.status : 'stopped';
        const status = shouldRun ? 'waiting restart' : resting;
        const worker = { ...view, status, pid: 0, startedAt: 0, startTicks: 0, restartDueAt: null } as const;
        this.#options.list.apply({ type: 'worker-changed', app: key, worker });
      }
    }
  }

  async #readd({ client }: MasterLink, { key, spec, workers }: AppEntry): Promise<void> {
    if (workers.length === 0) return; // about to be started; whoever does so adds its workers
    const added = await handOver(client, spec, workers.map(again));
    if (!added.ok) this.#options.log.note(`"${key}" could not be given to its new master. ${added.problem.message}`);
  }

  #gone(id: string) {
    return fail(problem('master/lost', { name: id, reason: 'it is not needed any more' }));
  }
}

const again = ({ view, shouldRun }: WorkerEntry): AddedWorker => ({
  slot: view.slot,
  pmId: view.pmId,
  restarts: view.restarts + (shouldRun ? 1 : 0),
  createdAt: view.createdAt,
  start: shouldRun,
  finished: view.finished,
});
