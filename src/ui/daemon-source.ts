import { setTimeout as delay } from 'node:timers/promises';
import { Client } from '../protocol/client.ts';
import type { DaemonEvent, DaemonRequests } from '../protocol/messages.ts';
import { appKey } from '../shared/app-spec.ts';
import { fail, type Outcome } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import type { WorkerView } from '../shared/worker-view.ts';
import type { Action } from './action.ts';
import { LogTail } from './log-tail.ts';
import type { ActionResult, DashboardSource, LogLine, SourceEvent } from './source.ts';

type DaemonClient = Client<DaemonRequests, DaemonEvent>;

const RETRY_MS = 250;
const USAGE_EVERY_MS = 1_000;

/** The daemon behind its socket: connects again by itself for as long as the dashboard is there. Logs are read from their files. */
export class DaemonSource implements DashboardSource {
  readonly #socketPath: string;
  readonly #known = new Set<string>();
  #client: DaemonClient | null = null;
  #closed = false;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  subscribe(sink: (event: SourceEvent) => void): void {
    void this.#stayConnected(sink);
  }

  follow(workers: readonly WorkerView[], sink: (lines: readonly LogLine[]) => void): () => void {
    const tail = new LogTail(workers, sink);
    return () => void tail.close();
  }

  async act(action: Action): Promise<ActionResult> {
    const outcome = await this.#request(action);
    return outcome.ok ? { ...NOTHING, ...outcome.value } : { ...NOTHING, problems: [outcome.problem] };
  }

  close(): void {
    this.#closed = true;
    this.#client?.close();
  }

  async #stayConnected(sink: (event: SourceEvent) => void): Promise<void> {
    while (!this.#closed) {
      const connected = await Client.connect<DaemonRequests, DaemonEvent>(this.#socketPath);
      if (connected.ok) await this.#serve(connected.value, sink);
      if (!this.#closed) sink({ type: 'connection-lost' });
      await delay(RETRY_MS, undefined, { ref: !this.#closed });
    }
  }

  /** Resolves when the connection is gone. */
  async #serve(client: DaemonClient, sink: (event: SourceEvent) => void): Promise<void> {
    const gone = new Promise<void>((resolve) => client.onClose(resolve));
    this.#client = client;
    const subscribed = await client.call('events.subscribe', { usageEveryMs: USAGE_EVERY_MS });
    if (subscribed.ok) {
      this.#tellAll(subscribed.value.apps, sink);
      client.onEvent((event) => {
        sink(event);
        if (event.type === 'spec-changed') this.#known.add(event.app);
        if (event.type === 'worker-changed' && !this.#known.has(event.app))
          void this.#listAgain(client, event.app, sink);
      });
    } else client.close();
    if (this.#closed) client.close();
    await gone;
    this.#client = null;
  }

  #tellAll(apps: DaemonRequests['app.list']['result'], sink: (event: SourceEvent) => void): void {
    this.#known.clear();
    for (const { spec } of apps) this.#known.add(appKey(spec));
    sink({ type: 'snapshot', apps });
  }

  /** An app that is new comes without its spec. */
  async #listAgain(client: DaemonClient, app: string, sink: (event: SourceEvent) => void): Promise<void> {
    this.#known.add(app);
    const listed = await client.call('app.list', { env: false });
    if (listed.ok) this.#tellAll(listed.value, sink);
  }

  async #request(action: Action): Promise<Outcome<Partial<ActionResult>>> {
    const client = this.#client;
    if (!client) return fail(problem('daemon/unreachable', { socket: this.#socketPath, reason: 'it is gone' }));
    const targets = [action.target];
    switch (action.kind) {
      case 'restart':
        return client.call('app.restart', { targets });
      case 'reload':
        return client.call('app.reload', { targets });
      case 'stop':
        return client.call('app.stop', { targets });
      case 'scale':
        return client.call('app.scale', { target: action.target, by: action.by });
    }
  }
}

const NOTHING: ActionResult = { reports: [], receipts: [], problems: [] };
