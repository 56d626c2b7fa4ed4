import type { DaemonEvent } from '../protocol/messages.ts';
import type { ServerConnection } from '../protocol/server.ts';

/** Clients that want to know what happens. */
export class Subscribers {
  readonly #connections = new Set<ServerConnection<DaemonEvent>>();

  /** From now on, until the connection closes. A caller that reads a snapshot without waiting in between misses nothing. */
  add(connection: ServerConnection<DaemonEvent>): void {
    this.#connections.add(connection);
    connection.onClose(() => this.#connections.delete(connection));
  }

  tell(event: DaemonEvent): void {
    for (const connection of this.#connections) connection.send(event);
  }
}
