import type { ServerResponse } from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import { closeAfter } from './last-response.ts';
import type { OpenConnections } from './open-connections.ts';
import { park } from './parked-server.ts';
import { onServerEvent, type ServerSocket } from './server-events.ts';

/** How often connections are looked at that may have become idle. */
const CHECK_MS = 50;
/** How long the client of an HTTP/2 session has to confirm that it knows of the end. */
const GOAWAY_MS = 1_000;
/** The highest stream id: a GOAWAY that announces the end and refuses nothing yet (RFC 9113, 6.8). */
const EVERY_STREAM = 2 ** 31 - 1;

/** Finishes what is open, without the app noticing: no new connections, each HTTP connection ends with its next response. */
export class Drain {
  readonly #open: OpenConnections;
  #idleGraceMs = Number.POSITIVE_INFINITY;
  readonly #onDrained: () => void;
  /** What was read from a connection, and when that changed last. */
  readonly #lastSign = new WeakMap<ServerSocket, { bytes: number; at: number }>();
  /** The response that was told to close its connection. */
  readonly #lastResponse = new WeakMap<ServerSocket, { response: ServerResponse; undo: () => void }>();
  #timer: NodeJS.Timeout | undefined;
  #done = false;

  /** `onDrained` is called once, when no connection is open. */
  constructor(open: OpenConnections, onDrained: () => void) {
    this.#open = open;
    this.#onDrained = onDrained;
  }

  /** May be called again to shorten the grace. */
  start(idleGraceMs: number): void {
    this.#idleGraceMs = Math.min(this.#idleGraceMs, idleGraceMs);
    if (!this.#timer) this.#begin();
    else if (!this.#done) this.#check();
  }

  #begin(): void {
    const open = this.#open;
    open.onServer = park;
    for (const server of open.servers) park(server);
    onServerEvent('http.server.request.start', ({ socket, response }) => this.#makeLast(socket, response));
    for (const socket of open.sockets) {
      if (socket._httpMessage && !isFollowed(socket)) this.#makeLast(socket, socket._httpMessage);
    }
    for (const session of open.sessions) this.endSession(session);
    open.onClosed = () => this.#finishIfEmpty();
    this.#timer = setInterval(() => this.#check(), CHECK_MS).unref();
    this.#check();
    setImmediate(() => this.#check()); // by then, what had arrived has been read
  }

  #check(): void {
    const now = performance.now();
    for (const socket of this.#open.sockets) {
      if (this.#idleMs(socket, now) >= this.#idleGraceMs) socket.destroy();
    }
    this.#finishIfEmpty();
  }

  /** How long nothing has come from a client that waits for no answer; -1: it does wait, or the connection is not ours to judge. */
  #idleMs(socket: ServerSocket, now: number): number {
    const sign = this.#lastSign.get(socket);
    const isQuiet = sign !== undefined && sign.bytes === socket.bytesRead;
    if (isQuiet && this.#isIdle(socket)) return now - sign.at;
    this.#lastSign.set(socket, { bytes: socket.bytesRead, at: now });
    return -1;
  }

  /** HTTP/1 between two requests, or TLS that never got through its handshake. */
  #isIdle(socket: ServerSocket): boolean {
    if (socket.parser) return !socket._httpMessage && !socket.parser.incoming && socket.writableLength === 0;
    return this.#open.isHandshaking(socket);
  }

  /** With pipelining, the newest request is answered last, and nothing after that answer would be. */
  #makeLast(socket: ServerSocket, response: ServerResponse): void {
    const before = this.#lastResponse.get(socket);
    if (before && !before.response.headersSent) before.undo();
    if (!response.headersSent) this.#lastResponse.set(socket, { response, undo: closeAfter(response) });
  }

  /** Announces the end, and ends the session once the client knows: no request on its way is refused. */
  endSession(session: ServerHttp2Session): void {
    if (session.destroyed || session.closed) return;
    const end = () => {
      clearTimeout(overdue);
      if (!session.destroyed && !session.closed) session.close();
    };
    const overdue = setTimeout(end, GOAWAY_MS).unref();
    session.goaway(0, EVERY_STREAM);
    if (!session.ping(end)) end();
  }

  #finishIfEmpty(): void {
    if (this.#done || this.#open.some) return;
    this.#done = true;
    clearInterval(this.#timer);
    this.#onDrained();
  }
}

/** Whether more requests of a pipelining client are there than the one that is being answered. */
const isFollowed = ({ parser, _httpMessage: response }: ServerSocket): boolean =>
  Boolean(parser?.incoming && response && parser.incoming !== response.req);
