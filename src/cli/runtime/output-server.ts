import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { LineOwner } from '../../shared/json-line.ts';

/** Takes what one pipe of a worker says. */
export interface OutputFeed {
  /** A promise: no more, please, until it resolves. */
  push(chunk: Buffer): Promise<void> | null;
  end(): void;
}

const NEWLINE = 0x0a;

/** A pipe that a stranger still holds, such as a grandchild of an app that has ended, counts as ended when it is silent for so long. */
const QUIET_MS = 200;
/** And however much it says, this is all the time it gets. */
const LONGEST_MS = 3000;

/** Where masters connect, once for each pipe of a worker, to have its bytes passed on. */
export class OutputServer {
  readonly #server: Server;
  readonly #connections = new Set<{ held: boolean }>();
  #chunks = 0;

  private constructor(open: (owner: LineOwner) => OutputFeed) {
    this.#server = createServer((socket) => void this.#serve(socket, open));
  }

  /** Rejects with the system's error. */
  static async listen(socketPath: string, open: (owner: LineOwner) => OutputFeed): Promise<OutputServer> {
    const server = new OutputServer(open);
    server.#server.listen(socketPath);
    await once(server.#server, 'listening');
    return server;
  }

  /** Resolves when everything that workers said has been passed on; to be called when they have ended. */
  async settled(): Promise<void> {
    let seen = -1;
    for (let since = Date.now(); this.#connections.size > 0; ) {
      const held = [...this.#connections].some((connection) => connection.held);
      if (held) since = Date.now();
      else if (seen === this.#chunks || Date.now() - since > LONGEST_MS) return;
      seen = held ? -1 : this.#chunks;
      for (let waited = 0; waited < QUIET_MS && this.#connections.size > 0; waited += 5) await delay(5);
    }
  }

  close(): void {
    this.#server.close();
  }

  async #serve(socket: Socket, open: (owner: LineOwner) => OutputFeed): Promise<void> {
    const connection = { held: false };
    this.#connections.add(connection);
    let head: Buffer = Buffer.alloc(0);
    let feed: OutputFeed | null = null;
    try {
      // Without an encoding, a socket gives buffers.
      for await (const chunk of socket as AsyncIterable<Buffer>) {
        this.#chunks += 1;
        let bytes = chunk;
        if (feed === null) {
          head = Buffer.concat([head, chunk]);
          const end = head.indexOf(NEWLINE);
          if (end === -1) continue;
          feed = open(JSON.parse(head.toString('utf8', 0, end))); // from a master of ours: nobody else gets into this folder
          bytes = head.subarray(end + 1);
        }
        connection.held = true;
        await feed.push(bytes);
        connection.held = false;
      }
    } catch {
      // its master was killed: what came is all there is
    }
    feed?.end();
    this.#connections.delete(connection);
  }
}
