import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { LineOwner } from '../../shared/json-line.ts';

/**
 * Passes one pipe of a worker on to `pm runtime`, byte for byte: a connection whose first line says whose bytes follow, as JSON, and
 * whose end is that of the pipe. Nothing is written to any log for it, and nobody who goes away holds the app up.
 */
export class OutputRelay {
  readonly #socket: Socket;
  #sent: Promise<void> = Promise.resolve();

  /** null: `pm runtime` does not run in this home. */
  static open(socketPath: string, owner: LineOwner): OutputRelay | null {
    return existsSync(socketPath) ? new OutputRelay(socketPath, owner) : null;
  }

  private constructor(socketPath: string, { app, pmId, slot, pid, stream }: LineOwner) {
    this.#socket = connect(socketPath);
    this.#socket.on('error', () => {}); // it has gone: what comes is dropped
    this.#socket.write(`${JSON.stringify({ app, pmId, slot, pid, stream } satisfies LineOwner)}\n`);
  }

  /** A promise: no more, please, until it resolves. */
  push(chunk: Buffer): Promise<void> | null {
    if (this.#socket.destroyed) return null;
    let goesOn = true;
    this.#sent = new Promise((resolve) => {
      goesOn = this.#socket.write(chunk, () => resolve()); // called as well when it has gone
    });
    return goesOn ? null : this.#sent;
  }

  end(): void {
    this.#socket.end();
  }

  /** Resolves when everything so far is out of this process, or nobody takes it. */
  written(): Promise<void> {
    return this.#sent;
  }
}
