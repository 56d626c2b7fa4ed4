import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';

/** A server's socket with what Node's HTTP server keeps on it: old, and used by many packages. (Node 20, 22, 24, 26) */
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

/**
 * Diagnostics channels on which Node tells of what its servers do. (Node 20, 22, 24, 26; the first releases of Node 20 do not
 * publish that a server listens.)
 */
interface ServerEvents {
  'tracing:net.server.listen:asyncEnd': { readonly server: Server };
  'net.server.socket': { readonly socket: ServerSocket };
  'http.server.request.start': { readonly socket: ServerSocket; readonly response: ServerResponse };
}

/** Listens to one of the channels; returns how to stop. A channel nobody listens to costs nothing. */
export function onServerEvent<E extends keyof ServerEvents>(
  event: E,
  listener: (message: ServerEvents[E]) => void,
): () => void {
  const listen = (message: unknown) => listener(message as ServerEvents[E]); // what Node publishes there
  subscribe(event, listen);
  return () => void unsubscribe(event, listen);
}
