import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import type { Server, Socket } from 'node:net';

/**
 * A server's socket with what Node's HTTP server keeps on it. Old, unchanged and used by many packages. (Node 20, 22, 24, 26)
 */
export interface ServerSocket extends Socket {
  server?: Server;
  /** null once closed, or handed over to another process. */
  _handle?: unknown;
  /** There while an HTTP/1 server reads it; gone after an upgrade. */
  parser?: { incoming?: unknown } | null;
  /** The response being written. */
  _httpMessage?: ServerResponse | null;
  /** In a TLS socket: the TCP socket below. */
  _parent?: Socket;
}

/** The servers of this process, and what is connected to them. Watching costs nothing per request. */
export class OpenConnections {
  /** TLS connections count twice: the socket the app sees, and the TCP socket below. */
  readonly sockets = new Set<ServerSocket>();
  readonly sessions = new Set<ServerHttp2Session>();
  readonly servers = new Set<Server>();
  readonly #seen = new WeakSet<Server>();
  readonly #tlsServers = new WeakSet<Server>();
  /** TCP sockets whose TLS handshake is done. */
  readonly #secured = new WeakSet<Socket>();

  /** Called for each as it comes. */
  onServer: (server: Server) => void = () => {};
  onSession: (session: ServerHttp2Session) => void = () => {};
  onClosed: () => void = () => {};

  constructor() {
    // The second comes with Node 20 as well but not with its first releases; there a server is known by its first connection.
    subscribe('net.server.socket', (message) => this.#addSocket((message as { socket: ServerSocket }).socket));
    subscribe('tracing:net.server.listen:asyncEnd', (message) =>
      this.#addServer((message as { server: Server }).server),
    );
  }

  /** Whether any is open. */
  get some(): boolean {
    for (const socket of this.sockets) {
      if (socket.destroyed || socket._handle === null) this.sockets.delete(socket);
    }
    return this.sockets.size > 0;
  }

  /** Whether a TCP socket of a TLS server is not through the handshake. */
  isHandshaking(socket: ServerSocket): boolean {
    return (
      !('encrypted' in socket) && !this.#secured.has(socket) && !!socket.server && this.#tlsServers.has(socket.server)
    );
  }

  #addSocket(socket: ServerSocket): void {
    if (socket.server) this.#addServer(socket.server);
    this.#watch(socket);
  }

  #watch(socket: ServerSocket): void {
    this.sockets.add(socket);
    socket.once('close', () => {
      this.sockets.delete(socket);
      this.onClosed();
    });
  }

  #addServer(server: Server): void {
    if (!this.servers.has(server)) {
      this.servers.add(server);
      server.once('close', () => this.servers.delete(server));
      this.onServer(server);
    }
    if (this.#seen.has(server)) return;
    this.#seen.add(server);
    if (server.listenerCount('secureConnection') > 0) {
      this.#tlsServers.add(server);
      server.on('secureConnection', (socket: ServerSocket) => {
        if (socket._parent) this.#secured.add(socket._parent);
        this.#watch(socket);
      });
    }
    // Only HTTP/2 servers emit it.
    server.on('session', (session: ServerHttp2Session) => {
      this.sessions.add(session);
      session.once('close', () => this.sessions.delete(session));
      this.onSession(session);
    });
  }
}
