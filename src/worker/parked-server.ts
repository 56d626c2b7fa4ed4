import type { Server } from 'node:net';

interface ServerHandle {
  close(done?: () => void): void;
  ref?(): void;
  unref?(): void;
  getsockname?(out: object): number;
}

/** A server with its handle (`net.Server`, `tls`, `http`, `http2`; Node 20, 22, 24, 26). */
interface HandleServer {
  _handle?: ServerHandle | null;
  readonly _unref?: boolean;
}

const FOR_EVER_MS = 2 ** 31 - 1; // the longest timer there is

/**
 * Stops a server accepting, and nothing else. To the app it still listens: it keeps the process alive, has an address, and can be
 * closed without an error, which `server.close()` by us would turn into ERR_SERVER_NOT_RUNNING; that would also cut off idle
 * keep-alive connections. A handle that does nothing takes the place of the real one, as Node's `cluster` does in its workers.
 */
export function park(server: Server): void {
  const open = server as unknown as HandleServer; // fields of Node's own that @types/node leaves out
  const handle = open._handle;
  if (!handle) return;
  open._handle = standIn(server, open._unref === true);
  handle.close();
}

function standIn(server: Server, unrefed: boolean): ServerHandle {
  const address = server.address();
  const alive = setInterval(() => {}, FOR_EVER_MS);
  if (unrefed) alive.unref();
  return {
    close: () => clearInterval(alive),
    ref: () => void alive.ref(),
    unref: () => void alive.unref(),
    // A Unix socket has none; its path is kept by the server.
    ...(typeof address === 'object' && address !== null
      ? {
          getsockname: (out: object) => {
            Object.assign(out, address);
            return 0;
          },
        }
      : {}),
  };
}
