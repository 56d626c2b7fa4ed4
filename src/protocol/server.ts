import { unlink } from 'node:fs/promises';
import { createServer, type Server as NetServer } from 'node:net';
import { fail, type Outcome } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import type { Handlers, RequestTable } from './messages.ts';
import { type Answer, AnsweringConnection, type ServerConnection } from './server-connection.ts';

export type { ServerConnection } from './server-connection.ts';

/** A listening socket with its connections. */
export interface Server {
  /** Takes no more connections, lets those that are there send what they have queued, and removes the socket file. */
  close(): Promise<void>;
}

/**
 * Listens on a Unix socket (mode 0600) and answers requests of table T. A socket file that is there already is replaced:
 * the caller knows that its owner is dead. Rejects when the socket cannot be made.
 */
export async function serve<T extends RequestTable<T>, E>(options: {
  socketPath: string;
  handlers: (connection: ServerConnection<E>) => Handlers<T>;
  /** Told of what a handler threw, which is a bug of ours; the client gets internal/error. */
  onBug?: (error: unknown) => void;
}): Promise<Server> {
  const { socketPath, handlers, onBug = () => {} } = options;
  const connections = new Set<AnsweringConnection<E>>();
  let lastId = 0;
  const server = createServer((socket) => {
    lastId += 1;
    const connection = new AnsweringConnection<E>(lastId, socket);
    connections.add(connection);
    connection.onClose(() => connections.delete(connection));
    connection.answerWith(answerFrom(handlers(connection), onBug));
  });
  await unlink(socketPath).catch(() => {});
  await listenPrivately(server, socketPath);
  server.on('error', onBug); // accept(2) failed, as when descriptors run out: the socket stays
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of connections) connection.close();
      await closed;
    },
  };
}

function answerFrom<T>(handlers: Handlers<T>, onBug: (error: unknown) => void): Answer {
  // What the client sends is unknown until a handler has checked it.
  const known = handlers as Record<string, (params: unknown, signal: AbortSignal) => Promise<Outcome<unknown>>>;
  const rows = new Map(Object.entries(known)); // own rows only: "constructor" is not a method
  return async (method, params, signal) => {
    const handler = rows.get(method);
    if (handler === undefined) return fail(problem('protocol/unknown-method', { method: method.slice(0, 100) }));
    try {
      return await handler(params, signal);
    } catch (error) {
      onBug(error);
      return fail(problem('internal/error', { reason: error instanceof Error ? error.message : String(error) }));
    }
  };
}

/** bind(2) gives the file the mode that the umask leaves, so there is no moment at which others could connect. */
export function listenPrivately(server: NetServer, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.removeListener('error', reject);
      resolve();
    });
    const before = process.umask(0o177);
    server.listen(socketPath); // binds before it returns
    process.umask(before);
  });
}
