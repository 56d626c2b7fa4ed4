import * as net from 'node:net';
import { getSystemErrorName } from 'node:util';
import type { ListenQuery } from './cluster-wire.ts';
import { noteWork } from './optimization.ts';

/** An accepted connection nobody reads from yet: a handle of Node's own that can be sent to a worker. */
export interface RawConnection {
  close(): void;
}

/** The part of a listening `TCP` handle of Node (20, 22, 24, 26) that is used here. */
interface RawListener extends RawConnection {
  listen(backlog: number): number;
  getsockname(out: object): number;
  onconnection: (errno: number, connection?: RawConnection) => void;
}

/**
 * Makes a bound handle, as `net.Server` does for itself; a number is an errno. Not documented, but public enough that Node's own
 * `cluster` module uses it. (checked: Node 20, 22, 24, 26)
 */
type CreateServerHandle = (
  address: string | null,
  port: number,
  addressType: number,
  fd: number,
  flags: number,
) => RawListener | number;

const createServerHandle = (net as { _createServerHandle?: CreateServerHandle })._createServerHandle; // not in @types/node

/** Whether this Node can make listening handles for us. */
export const canListen = typeof createServerHandle === 'function';

/** `net.Server`'s own default. */
const DEFAULT_BACKLOG = 511;

/** More would only use up the descriptors that a new worker is started with. */
const MAX_WAITING = 10_000;

/** A connection that waits for a worker, or for a worker to acknowledge it. */
export interface Connection {
  readonly raw: RawConnection;
  readonly listener: Listener;
  /** Seats that would not take it. */
  readonly refusedBy: Set<object>;
}

/** One listening socket of a pool. It outlives the workers that asked for it, so connections wait instead of being refused. */
export class Listener {
  readonly key: string;
  /** What `server.address()` says in the workers. */
  readonly sockname: object;
  /** What the first server to ask gave for all: the TLS ticket keys. */
  data: unknown;
  /** Connections no worker has been given yet, oldest first. */
  readonly #waiting: Connection[] = [];
  readonly #handle: RawListener;

  /** Binds and listens; a number is the errno of the failure. `accept` gets each connection. */
  static open(query: ListenQuery, accept: (connection: Connection) => void): Listener | number {
    if (createServerHandle === undefined) return ENOTSUP;
    const handle = createServerHandle(query.address, query.port, query.addressType, -1, query.flags);
    if (typeof handle === 'number') return handle;
    const errno = handle.listen(query.backlog || DEFAULT_BACKLOG); // libuv tells of a taken port only here
    if (errno !== 0) {
      handle.close();
      return errno;
    }
    return new Listener(query.key, handle, accept);
  }

  private constructor(key: string, handle: RawListener, accept: (connection: Connection) => void) {
    this.key = key;
    this.#handle = handle;
    const sockname = {};
    handle.getsockname(sockname);
    this.sockname = sockname;
    handle.onconnection = (errno, raw) => {
      if (errno !== 0 || raw === undefined) return;
      noteWork();
      accept({ raw, listener: this, refusedBy: new Set() });
    };
  }

  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Lets a connection wait, behind the others; one too many is closed. */
  queue(connection: Connection): void {
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push(connection);
    else connection.raw.close();
  }

  /** Takes out the connection that has waited longest, of those that fit. */
  next(fits: (connection: Connection) => boolean): Connection | undefined {
    const at = this.#waiting.findIndex(fits);
    return at === -1 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  /** Stops listening; connections that still wait are closed. */
  close(): void {
    this.#handle.close();
    for (const { raw } of this.#waiting.splice(0)) raw.close();
  }
}

const ENOTSUP = -95;

/** Name of an errno as libuv gives it: `EADDRINUSE`. */
export function errnoName(errno: number): string {
  return errno < 0 ? getSystemErrorName(errno) : `errno ${errno}`;
}
