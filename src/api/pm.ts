import type { AppliedApp } from '../config/plan-record.ts';
import { type App, appOf } from '../protocol/app.ts';
import type { ReloadReceipt, Target } from '../protocol/messages.ts';
import { pathsOf } from '../shared/paths.ts';
import { problem } from '../shared/problems.ts';
import { matchTarget } from '../shared/target.ts';
import { type Definitions, type ReadOptions, readDefinitions } from './app-definition.ts';
import { type ApplySettings, applyDefinitions } from './apply-definitions.ts';
import { type ChangedApp, changedIn } from './changed-app.ts';
import { type CallOptions, Connection } from './connection.ts';
import { type EventOptions, type PmEvent, streamEvents } from './event-stream.ts';
import { assertNone, PmError } from './pm-error.ts';

/** Which process manager is meant. */
export interface PmOptions {
  /** Its folder. Default: that of `PM_HOME`, or of `PM2_HOME`, or `~/.pm`. */
  readonly home?: string;
}

/** How apps are started. */
export interface StartSettings extends ReadOptions, CallOptions {
  /** What becomes of an app that runs already: it gets the new definition, or the call fails. Default: `restart`. */
  readonly existing?: 'restart' | 'refuse';
}

/** How the list is saved. `force`: also an empty one. */
export interface DumpOptions extends CallOptions {
  readonly force?: boolean;
}

/** What one worker answered to an action. */
export interface TriggerReply {
  readonly pmId: number;
  readonly name: string;
  readonly namespace: string;
  readonly value: unknown;
}

const TRIGGER_MS = 30_000;

/**
 * A process manager, as a program uses it. Each method connects when it has to, starting the daemon when there is none, and rejects
 * with a `PmError`. A target is what the command line takes: a name, a namespace, `namespace/name`, an id, `all`, `/regex/`.
 */
export class Pm {
  readonly #connection: Connection;

  constructor({ home }: PmOptions = {}, connection = new Connection(pathsOf(home ? { PM_HOME: home } : process.env))) {
    this.#connection = connection;
  }

  /** Makes sure that the daemon runs. Other methods do so themselves. */
  async connect(options?: CallOptions): Promise<void> {
    await this.ping(options);
  }

  /** Lets the program end. Apps go on. A later call connects again. */
  disconnect(): Promise<void> {
    return this.#connection.close();
  }

  ping(options?: CallOptions): Promise<{ pid: number; version: string; startedAt: number }> {
    return this.#connection.call('daemon.ping', {}, options);
  }

  /** Every app. */
  async list(options?: CallOptions): Promise<App[]> {
    const apps = await this.#connection.call('app.list', { env: false, reports: true }, options);
    return apps.map(appOf);
  }

  /** The apps that a target names, with those of their workers that it names. Rejects when there is none. */
  async describe(target: Target, options?: CallOptions): Promise<App[]> {
    const apps = await this.#connection.call('app.list', { env: false, reports: true }, options);
    const matches = matchTarget(apps, target);
    if (matches.length === 0) {
      throw new PmError(problem('target/not-found', { wanted: target, known: apps.map(({ spec }) => spec.name) }));
    }
    return matches.map(({ app, pmIds }) =>
      appOf({ ...app, workers: app.workers.filter(({ pmId }) => pmIds.includes(pmId)) }),
    );
  }

  /** Starts a script, an ecosystem file, or definitions. Resolves when every worker is online; rejects when one failed. */
  async start(what: Definitions, options: StartSettings = {}): Promise<ChangedApp[]> {
    const specs = await readDefinitions(what, options);
    if (!specs.ok) throw new PmError(specs.problem);
    const { existing = 'restart' } = options;
    const { reports, problems } = await this.#connection.call('app.start', { specs: specs.value, existing }, options);
    const changed = changedIn(reports);
    assertNone([...problems, ...changed.problems]);
    return changed.apps;
  }

  /**
   * Makes what runs equal to what an ecosystem file or definitions say, with the least that each change needs: docs/apply.md. Resolves
   * with what was done to each app, when it is done; rejects when something failed.
   */
  async apply(what: Definitions, options: ApplySettings = {}): Promise<AppliedApp[]> {
    return applyDefinitions(this.#connection, what, options);
  }

  /** `env`: laid over the environment of the apps. */
  restart(target: Target, options: CallOptions & { env?: Record<string, string> } = {}): Promise<ChangedApp[]> {
    return this.#act('app.restart', target, options);
  }

  stop(target: Target, options: CallOptions = {}): Promise<ChangedApp[]> {
    return this.#act('app.stop', target, options);
  }

  delete(target: Target, options: CallOptions = {}): Promise<ChangedApp[]> {
    return this.#act('app.delete', target, options);
  }

  /** Restart counters back to 0. */
  reset(target: Target, options: CallOptions = {}): Promise<ChangedApp[]> {
    return this.#act('app.reset', target, options);
  }

  /** Replaces workers without a lost request; the receipt is measured. Rejects when the new ones do not prove themselves. */
  async reload(target: Target, options: CallOptions & { env?: Record<string, string> } = {}): Promise<ReloadReceipt[]> {
    const { receipts, problems } = await this.#connection.call('app.reload', paramsFor(target, options), options);
    assertNone(problems);
    return [...receipts];
  }

  /** To a number of workers, or by a difference: `scale('api', 4)`, `scale('api', { by: -1 })`. */
  async scale(target: Target, to: number | { readonly by: number }, options: CallOptions = {}): Promise<ChangedApp[]> {
    const size = typeof to === 'number' ? { to } : { by: to.by };
    const { reports, problems } = await this.#connection.call('app.scale', { target, ...size }, options);
    const changed = changedIn(reports);
    assertNone([...problems, ...changed.problems]);
    return changed.apps;
  }

  /** Runs an action that apps have registered, and gives what each worker answered. `timeoutMs`: 30 s by default. */
  async trigger(target: Target, action: string, param?: string, options: CallOptions = {}): Promise<TriggerReply[]> {
    const { replies, problems } = await this.#connection.call(
      'app.trigger',
      {
        targets: [target],
        action,
        timeoutMs: options.timeoutMs ?? TRIGGER_MS,
        ...(param === undefined ? {} : { param }),
      },
      options.signal ? { signal: options.signal } : {},
    );
    assertNone([...problems, ...replies.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.problem]))]);
    return replies.flatMap(({ outcome, ...who }) => (outcome.ok ? [{ ...who, value: outcome.value }] : []));
  }

  /** A message for one worker: it comes to its `process.on('message')` as it is. Any JSON. */
  async sendDataToProcessId(pmId: number, message: unknown, options?: CallOptions): Promise<void> {
    await this.#connection.call('worker.send', { pmId, message }, options);
  }

  /** Gives the ids of the workers that got the signal. */
  async sendSignal(signal: NodeJS.Signals, target: Target, options?: CallOptions): Promise<number[]> {
    const { replies, problems } = await this.#connection.call('app.signal', { targets: [target], signal }, options);
    assertNone(problems);
    return replies.map(({ pmId }) => pmId);
  }

  /** Empties log files, those of all apps without a target. Gives their paths. */
  async flush(target?: Target, options?: CallOptions): Promise<string[]> {
    const { files } = await this.#connection.call(
      'logs.flush',
      { targets: target === undefined ? [] : [target] },
      options,
    );
    return [...files];
  }

  /** Closes and opens log files, after somebody has moved them. */
  async reloadLogs(options?: CallOptions): Promise<void> {
    await this.#connection.call('logs.reopen', {}, options);
  }

  /** Saves the list for `pm resurrect`. */
  dump({ force = false, ...options }: DumpOptions = {}): Promise<{ path: string; workers: number }> {
    return this.#connection.call('dump.save', { force }, options);
  }

  /** What happens from now on, until the loop is left or `signal` aborts. Does not start the daemon. */
  events(options: EventOptions = {}): AsyncGenerator<PmEvent, void> {
    return streamEvents(this.#connection, options);
  }

  async #act(
    method: 'app.restart' | 'app.stop' | 'app.delete' | 'app.reset',
    target: Target,
    options: CallOptions & { env?: Record<string, string> },
  ): Promise<ChangedApp[]> {
    const { reports, problems } = await this.#connection.call(method, paramsFor(target, options), options);
    const changed = changedIn(reports);
    assertNone([...problems, ...changed.problems]);
    return changed.apps;
  }
}

const paramsFor = (target: Target, { env }: { env?: Record<string, string> }) => ({
  targets: [String(target)],
  ...(env === undefined ? {} : { env }),
});
