import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Client } from '../protocol/client.ts';
import type { DaemonEvent, DaemonRequests } from '../protocol/messages.ts';
import { type DaemonClient, startDaemon } from '../protocol/spawn-daemon.ts';
import { fail, type Outcome } from '../shared/outcome.ts';
import type { Paths } from '../shared/paths.ts';
import { problem } from '../shared/problems.ts';
import { PmError } from './pm-error.ts';

/** Bounds of one call. */
export interface CallOptions {
  /** Aborting it rejects the call with `request/aborted`, and ends a reload that is under way. */
  readonly signal?: AbortSignal;
  /** After this the call rejects with `request/timeout`. Default: no limit. */
  readonly timeoutMs?: number;
}

/** The daemon of a home, connected to when it is first needed and again when it was lost. Keeps the program alive until closed. */
export class Connection {
  readonly paths: Paths;
  /** Whether there was no daemon until this connection needed one. */
  startedDaemon = false;
  #client: Promise<Outcome<DaemonClient>> | null = null;

  constructor(paths: Paths) {
    this.paths = paths;
  }

  /** Rejects with a PmError for every foreseen failure. */
  async call<M extends keyof DaemonRequests>(
    method: M,
    params: DaemonRequests[M]['params'],
    options: CallOptions = {},
  ): Promise<DaemonRequests[M]['result']> {
    const outcome = await within(options, async (signal) => {
      const client = await this.#connected();
      return client.ok ? client.value.call(method, params, signal ? { signal } : {}) : client;
    });
    if (!outcome.ok) throw new PmError(outcome.problem);
    return outcome.value;
  }

  /** A connection of its own for a stream of events; the daemon is not started for it. */
  openStream(): Promise<Outcome<DaemonClient>> {
    return Client.connect<DaemonRequests, DaemonEvent>(this.paths.daemonSocket);
  }

  async close(): Promise<void> {
    const closing = this.#client;
    this.#client = null;
    const client = await closing;
    if (client?.ok) client.value.close();
  }

  #connected(): Promise<Outcome<DaemonClient>> {
    this.#client ??= this.#open();
    return this.#client;
  }

  async #open(): Promise<Outcome<DaemonClient>> {
    const present = await this.openStream();
    if (!present.ok) {
      this.startedDaemon = true;
      await startByCommand(this.paths);
    }
    const client = present.ok ? present : await startDaemon(this.paths, () => {}); // which knows why there is none
    if (client.ok) client.value.onClose(() => this.#forget());
    else this.#forget();
    return client;
  }

  #forget(): void {
    this.#client = null;
  }
}

/** Starts the daemon as the command line does, with the modules of the home, whose definitions the command reads. */
function startByCommand({ variables }: Paths): Promise<void> {
  const env = { ...process.env, PM_HOME: '', PM2_HOME: '', ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(__dirname, 'pm.cjs'), 'ping'], { env }, () => resolve());
  });
}

/** Does something within its bounds. What it comes to after them is not waited for. */
function within<T>(
  { signal, timeoutMs }: CallOptions,
  work: (signal: AbortSignal | undefined) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  if (signal === undefined && timeoutMs === undefined) return work(undefined);
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  const bounds = AbortSignal.any([signal, timeout].filter((one) => one !== undefined));
  const exceeded = () =>
    fail(
      timeoutMs !== undefined && timeout?.aborted
        ? problem('request/timeout', { timeoutMs })
        : problem('request/aborted'),
    );
  if (bounds.aborted) return Promise.resolve(exceeded());
  return new Promise((resolve, reject) => {
    const stop = () => resolve(exceeded());
    bounds.addEventListener('abort', stop, { once: true });
    work(bounds)
      .then(resolve, reject)
      .finally(() => bounds.removeEventListener('abort', stop));
  });
}
