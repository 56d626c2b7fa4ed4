import type { Client } from '../../protocol/client.ts';
import type { DaemonEvent, DaemonRequests, ListedApp } from '../../protocol/messages.ts';
import type { Outcome } from '../../shared/outcome.ts';

const RECONNECT_MS = 500;

type DaemonClient = Client<DaemonRequests, DaemonEvent>;

export interface FeedListener {
  /** What there is, at first and whenever a worker or an app has been added. */
  apps(apps: readonly ListedApp[]): void;
  event(event: DaemonEvent): void;
}

/** Hears from the daemon what runs. When the daemon dies it connects to the next one, quietly. */
export class AppFeed {
  readonly #open: () => Promise<Outcome<DaemonClient>>;
  readonly #listener: FeedListener;
  readonly #known = new Set<number>();
  #client: DaemonClient | null = null;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  /** `open` connects to the daemon that there is, and fails when there is none; or starts one. */
  constructor(open: () => Promise<Outcome<DaemonClient>>, listener: FeedListener) {
    this.#open = open;
    this.#listener = listener;
    void this.#connect();
  }

  close(): void {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    this.#client?.close();
  }

  async #connect(): Promise<void> {
    const connected = await this.#open();
    if (!connected.ok) return this.#connectLater();
    const client = connected.value;
    if (this.#closed) return client.close();
    this.#client = client;
    client.onClose(() => this.#connectLater());
    client.onEvent((event) => this.#hear(client, event));
    const reply = await client.call('events.subscribe', {});
    if (reply.ok) this.#tell(reply.value.apps);
    else client.close();
  }

  #connectLater(): void {
    this.#client = null;
    if (this.#closed || this.#retry) return;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      void this.#connect();
    }, RECONNECT_MS);
  }

  #hear(client: DaemonClient, event: DaemonEvent): void {
    this.#listener.event(event);
    const isNews =
      event.type === 'spec-changed' || (event.type === 'worker-changed' && !this.#known.has(event.worker.pmId));
    if (isNews) void this.#askAgain(client);
  }

  async #askAgain(client: DaemonClient): Promise<void> {
    const reply = await client.call('app.list', { env: false });
    if (reply.ok) this.#tell(reply.value);
  }

  #tell(apps: readonly ListedApp[]): void {
    for (const { workers } of apps) for (const { pmId } of workers) this.#known.add(pmId);
    this.#listener.apps(apps);
  }
}
