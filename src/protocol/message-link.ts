import type { Socket } from 'node:net';
import { encodeFrame, FrameDecoder } from './framing.ts';

/** What a link tells its owner. */
export interface LinkEvents {
  lines(lines: readonly string[]): void;
  /** A line is over the limit. Nothing is read after it. */
  tooLarge(): void;
  /** Once, whoever ended it. */
  closed(): void;
}

/** Time that a peer gets to read our last words before the socket is torn down. */
const LINGER_MS = 1000;

/** One socket that carries a message a line, in both directions. Socket errors end it; there is nothing else to do about them. */
export class MessageLink {
  readonly #socket: Socket;
  #reading = true;

  constructor(socket: Socket, options: { maxFrameBytes: number; events: LinkEvents }) {
    const { events } = options;
    const decoder = new FrameDecoder(options.maxFrameBytes);
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      if (!this.#reading) return;
      const { lines, tooLarge } = decoder.push(chunk);
      if (lines.length > 0) events.lines(lines);
      if (tooLarge) events.tooLarge();
    });
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', () => {
      this.#reading = false;
      events.closed();
    });
  }

  /** Bytes sent but not yet taken by the other side. */
  get queuedBytes(): number {
    return this.#socket.writableLength;
  }

  send(message: object): void {
    if (this.#socket.writable) this.#socket.write(encodeFrame(message));
  }

  /** Takes no more input until what was sent is on its way: a peer that asks but does not listen holds itself up, not us. */
  pauseUntilSent(): void {
    this.#socket.pause();
    this.#socket.once('drain', () => this.#socket.resume());
  }

  /** Sends what is queued and closes. Input is thrown away from now on. */
  end(): void {
    this.#reading = false;
    this.#socket.end();
    this.#socket.resume();
    const timer = setTimeout(() => this.#socket.destroy(), LINGER_MS);
    timer.unref();
    this.#socket.once('close', () => clearTimeout(timer));
  }

  destroy(): void {
    this.#reading = false;
    this.#socket.destroy();
  }
}
