import type { Socket } from 'node:net';
import type { Connection } from '../api/connection.ts';
import type { Bus } from '../api/pm2/bus.ts';
import { KILLED } from '../api/pm2/bus-packets.ts';
import { openBus } from '../api/pm2/open-bus.ts';
import { encodeAmp } from './amp.ts';

/** What one subscriber may leave unread before it is hung up on. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;

/** PM2's bus as it is told on `pub.sock`: everything to every subscriber. The bus is open while there is one. */
export class Publication {
  readonly #connection: Connection;
  readonly #subscribers = new Set<Socket>();
  #bus: Promise<Bus> | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  add(socket: Socket): void {
    if (socket.destroyed) return;
    this.#subscribers.add(socket);
    socket.resume(); // what it says means nothing
    socket.on('close', () => this.#remove(socket));
    this.#bus ??= openBus(this.#connection).then((bus) =>
      // The end is told by the daemon itself: it may be gone before it hears of it here.
      bus.on('*', (name, packet) => name !== KILLED.name && this.tell(String(name), packet)),
    );
  }

  tell(name: string, packet: unknown): void {
    const message = encodeAmp([name, packet]);
    for (const socket of this.#subscribers) {
      if (socket.writableLength > MAX_UNREAD_BYTES) socket.destroy();
      else if (socket.writable) socket.write(message);
    }
  }

  #remove(socket: Socket): void {
    this.#subscribers.delete(socket);
    if (this.#subscribers.size > 0) return;
    void this.#bus?.then((bus) => bus.close());
    this.#bus = null;
  }
}
