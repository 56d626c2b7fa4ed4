import type { ServerHttp2Session } from 'node:http2';
import type { Server, Socket } from 'node:net';
import { onServerEvent, type ServerSocket } from './server-events.ts';

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
    onServerEvent('tracing:net.server.listen:asyncEnd', ({ server }) => this.#addServer(server));
    onServerEvent('net.server.socket', ({ socket }) => {
      if (socket.server) this.#addServer(socket.server); // where its listening was not told
      this.#watch(socket);
    });
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
