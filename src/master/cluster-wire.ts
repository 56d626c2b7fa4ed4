import type { ChildProcess, SendHandle } from 'node:child_process';
import { isRecord } from '../shared/is-record.ts';
import { canListen, type RawConnection } from './listener.ts';

/**
 * What Node's `cluster` module says over a worker's IPC channel, and how we come between. Not documented; checked with Node 20, 22,
 * 24 and 26 (lib/internal/cluster/{primary,child,utils,round_robin_handle}.js). All messages have `cmd: 'NODE_CLUSTER'`:
 *
 *   worker -> master  { seq, act: 'queryServer', address, port, addressType, fd, flags, backlog, index, data }
 *   master -> worker  { ack: seq, key, errno, sockname, data }        no handle: the master hands connections over
 *   master -> worker  { seq, act: 'newconn', key } and the connection
 *   worker -> master  { ack: seq, accepted }
 *   worker -> master  { act: 'close', key }                           the server was closed
 *
 * The rest (`online`, `listening`, `exitedAfterDisconnect`, UDP, pipes, inherited descriptors) is left to the stock listener.
 */
const CLUSTER_CMD = 'NODE_CLUSTER';

/** Name of the function that `cluster.fork` adds for 'internalMessage'; the other listener belongs to child_process. */
const STOCK_LISTENER_NAME = 'onInternalMessage';

/** libuv's errno for an invalid argument. */
const EINVAL = -22;

/** A worker wants to listen on a TCP port. */
export interface ListenQuery {
  readonly seq: number;
  /** Equal for equal requests, so that workers share a socket. */
  readonly key: string;
  readonly address: string | null;
  readonly port: number;
  readonly addressType: 4 | 6;
  readonly flags: number;
  readonly backlog: number;
  /** TLS ticket keys of the server, to be the same in all workers. */
  readonly data: unknown;
}

export type ListenAnswer =
  | { readonly errno: number }
  | { readonly errno: 0; readonly sockname: object; readonly data: unknown };

export interface WireEvents {
  listenRequested(query: ListenQuery): void;
  /** The worker closed the server that had asked for `key`. */
  serverClosed(key: string): void;
  /** The worker took the connection it was given last, or would not. */
  acknowledged(accepted: boolean): void;
  /** The connection given last cannot have reached the worker. */
  handOverFailed(): void;
}

type StockListener = (this: ChildProcess, message: unknown, handle: unknown) => void;
type Fields = { readonly [field: string]: unknown };

/** One worker's `cluster` channel, taken over. */
export class ClusterWire {
  readonly #process: ChildProcess;
  readonly #stock: StockListener;
  readonly #events: WireEvents;
  /** Negative, so that it is never one of the stock scheduler's. 0: nothing is waiting for an acknowledgement. */
  #awaited = 0;
  #lastSeq = 0;

  /** Takes the place of the stock listener; null when this Node does not look as we know it. Call at once after `cluster.fork`. */
  static takeOver(process: ChildProcess, events: WireEvents): ClusterWire | null {
    const stock = stockListener(process);
    if (stock === null || !canListen) return null;
    process.removeListener('internalMessage', stock);
    return new ClusterWire(process, stock, events);
  }

  private constructor(process: ChildProcess, stock: StockListener, events: WireEvents) {
    this.#process = process;
    this.#stock = stock;
    this.#events = events;
    process.on('internalMessage', (message: unknown, handle: unknown) => this.#receive(message, handle));
  }

  answer(query: ListenQuery, answer: ListenAnswer): void {
    this.#reply({ ack: query.seq, key: query.key, ...answer });
  }

  /** Sends a connection; our side of it stays open until `acknowledged`. One at a time. */
  handOver(key: string, connection: RawConnection): void {
    const seq = --this.#lastSeq;
    this.#awaited = seq;
    const handle = connection as unknown as SendHandle; // Node sends its own TCP handles too; the types do not say so
    this.#process.send({ cmd: CLUSTER_CMD, act: 'newconn', key, seq }, handle, (error) => {
      if (error === null || this.#awaited !== seq) return;
      this.#awaited = 0;
      this.#events.handOverFailed();
    });
  }

  #receive(message: unknown, handle: unknown): void {
    if (!isRecord(message) || message.cmd !== CLUSTER_CMD) return;
    const { ack, act, key } = message;
    const query = act === 'queryServer' ? parseListenQuery(message) : null;
    if (typeof ack === 'number' && ack < 0) {
      this.#acknowledge(ack, message.accepted === true);
    } else if (query !== null) {
      this.#events.listenRequested(query);
    } else {
      if (act === 'close' && typeof key === 'string') this.#events.serverClosed(key);
      this.#passOn(message, handle);
    }
  }

  #acknowledge(seq: number, accepted: boolean): void {
    if (seq !== this.#awaited) return;
    this.#awaited = 0;
    this.#events.acknowledged(accepted);
  }

  #reply(fields: Fields): void {
    // A channel that breaks is told by its events.
    if (this.#process.connected) this.#process.send({ cmd: CLUSTER_CMD, ...fields }, () => {});
  }

  #passOn(message: Fields, handle: unknown): void {
    try {
      this.#stock.call(this.#process, message, handle);
    } catch {
      // An app can send whatever it likes over its channel. What Node's own listener cannot digest harms only its sender.
      const { act, seq } = message;
      if (act === 'queryServer' && typeof seq === 'number') this.#reply({ ack: seq, errno: EINVAL });
    }
  }
}

function stockListener(process: ChildProcess): StockListener | null {
  const found = process.listeners('internalMessage').filter(({ name }) => name === STOCK_LISTENER_NAME);
  const [listener, ...others] = found;
  return listener !== undefined && others.length === 0 ? (listener as StockListener) : null; // it has that name in Node only
}

function parseListenQuery(message: Fields): ListenQuery | null {
  const { seq, address, port, addressType, fd, flags, backlog, index, data } = message;
  if (typeof seq !== 'number' || !isPort(port) || typeof fd === 'number') return null;
  if (addressType !== 4 && addressType !== 6) return null;
  if (address !== null && address !== undefined && typeof address !== 'string') return null;
  const host = address ?? null;
  return {
    seq,
    // Each server that asks for any free port gets one of its own, the same one in every worker.
    key: `${host}:${port}:${addressType}${port === 0 ? `:${index}` : ''}`,
    address: host,
    port,
    addressType,
    flags: typeof flags === 'number' ? flags : 0,
    backlog: typeof backlog === 'number' ? backlog : 0,
    data,
  };
}

const isPort = (port: unknown): port is number => Number.isInteger(port) && Number(port) >= 0 && Number(port) < 65_536;
