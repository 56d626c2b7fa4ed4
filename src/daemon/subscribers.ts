import type { DaemonEvent, WorkerMessage } from '../protocol/messages.ts';
import type { ServerConnection } from '../protocol/server.ts';

/** Clients that want to know what happens. */
export class Subscribers {
  readonly #connections = new Set<ServerConnection<DaemonEvent>>();
  /** Those of them that want what apps send as well. */
  readonly #listeners = new Set<ServerConnection<DaemonEvent>>();
  #tellWanted: (wanted: boolean) => void = () => {};

  /** Calls back when the first wants messages of apps, and when the last has gone. */
  onWanted(tell: (wanted: boolean) => void): void {
    this.#tellWanted = tell;
  }

  /** From now on, until the connection closes. A caller that reads a snapshot without waiting in between misses nothing. */
  add(connection: ServerConnection<DaemonEvent>, { messages }: { messages: boolean }): void {
    this.#connections.add(connection);
    if (messages) this.#listeners.add(connection);
    if (messages && this.#listeners.size === 1) this.#tellWanted(true);
    connection.onClose(() => this.#remove(connection));
  }

  tell(event: DaemonEvent): void {
    for (const connection of this.#connections) connection.send(event);
  }

  /** Tells a message of an app to those who asked for them. */
  pass(message: WorkerMessage): void {
    for (const connection of this.#listeners) connection.send(message);
  }

  #remove(connection: ServerConnection<DaemonEvent>): void {
    this.#connections.delete(connection);
    if (this.#listeners.delete(connection) && this.#listeners.size === 0) this.#tellWanted(false);
  }
}
