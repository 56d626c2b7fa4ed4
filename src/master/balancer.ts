import type { ChildProcess } from 'node:child_process';
import type { Address, Worker } from 'node:cluster';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { nextInTurn, type Seat } from './balancing-policy.ts';
import { ClusterWire, type ListenQuery } from './cluster-wire.ts';
import { type Connection, errnoName, Listener } from './listener.ts';

export interface BalancerEvents {
  /** A server of the worker listens: TCP, UDP or a pipe. */
  listening(worker: Worker, at: { address: string | null; port: number; addressType: number | string }): void;
  bindFailed(worker: Worker, failure: { code: string; address: string | null; port: number }): void;
}

/** One worker as the balancer sees it. */
interface WorkerSeat extends Seat {
  readonly worker: Worker;
  /** null: the stock scheduler serves it. */
  wire: ClusterWire | null;
  /** `attached` until it is admitted. */
  standing: 'attached' | 'admitted' | 'retired';
  /** What its servers listen on. */
  readonly listeners: Set<Listener>;
  /** Given to it and not acknowledged. One at a time, so that a stuck worker takes one connection down with it at most. */
  held: Connection | null;
  /** Node said so. */
  channelEnded: boolean;
  lastTurn: number;
}

/** How long the end of a dead worker's channel is waited for. It comes at once unless something else holds the pipe. */
const CHANNEL_END_MS = 1_000;
/** How often channels that ended without an event are looked for while a connection is unacknowledged. */
const SWEEP_MS = 250;
/** A worker that closes its server is often about to exit; only one that stays means to be unreachable. */
const CLOSED_SERVER_MS = 2_000;

/**
 * Listens for the workers of one pool and hands each connection to one of them. A connection stays here until a worker has
 * acknowledged it, so that a worker that dies or refuses loses none; while no worker may take them, connections wait.
 */
export class Balancer {
  readonly #on: BalancerEvents;
  readonly #seats = new Map<Worker, WorkerSeat>();
  readonly #listeners = new Map<string, Listener>();
  #turn = 0;
  #sweep: NodeJS.Timeout | null = null;

  constructor(on: BalancerEvents) {
    this.#on = on;
  }

  /** `stock`: this Node is not one whose `cluster` we know, and Node's own scheduler hands out the connections. */
  scheduler(worker: Worker): 'pm' | 'stock' {
    return this.#seats.get(worker)?.wire ? 'pm' : 'stock';
  }

  /** Answers the worker's listen requests from now on. Call at once after `cluster.fork`. */
  attach(worker: Worker): void {
    const seat = newSeat(worker);
    seat.wire = ClusterWire.takeOver(worker.process, {
      listenRequested: (query) => this.#listen(seat, query),
      serverClosed: (key) => this.#leave(seat, key),
      acknowledged: (accepted) => this.#settle(seat, accepted),
      handOverFailed: () => this.#takeBack(seat),
    });
    this.#seats.set(worker, seat);
    worker.on('error', () => {}); // a failed send; without a listener it would end the master
    worker.on('listening', (address: Address) => this.#announce(worker, address));
    worker.process.once('disconnect', () => {
      seat.channelEnded = true;
      this.#takeBack(seat);
    });
  }

  /** Lets the worker have connections. */
  admit(worker: Worker): void {
    const seat = this.#seats.get(worker);
    if (seat?.standing !== 'attached') return;
    seat.standing = 'admitted';
    this.#serve(seat);
  }

  /** Gives the worker no more connections. One it has not acknowledged stays with it, unless it refuses or exits. */
  retire(worker: Worker): void {
    const seat = this.#seats.get(worker);
    if (seat) seat.standing = 'retired';
  }

  /** Forgets a worker whose process has exited, and gives what it did not acknowledge to another. */
  async detach(worker: Worker): Promise<void> {
    const seat = this.#seats.get(worker);
    if (!seat) return;
    this.retire(worker);
    await allRead(worker.process);
    // Where the event does not come (see #sweepEnded), the cluster module would keep the worker for ever.
    if (!seat.channelEnded) worker.process.emit('disconnect');
    this.#seats.delete(worker);
    this.#takeBack(seat);
  }

  /** Closes what no worker that is attached and not retired listens on. */
  closeUnused(): void {
    for (const listener of this.#listeners.values()) {
      if (!this.#isWanted(listener)) this.#close(listener);
    }
  }

  /** Closes everything, with the connections that wait. */
  close(): void {
    for (const listener of this.#listeners.values()) this.#close(listener);
  }

  #listen(seat: WorkerSeat, query: ListenQuery): void {
    if (seat.worker.exitedAfterDisconnect) return; // as Node: it is on its way out
    const shared = this.#listeners.get(query.key);
    // A second server of the same worker on the same port must fail as it does without a cluster, so it gets to bind too.
    const listener = shared && !seat.listeners.has(shared) ? shared : Listener.open(query, (it) => this.#place(it));
    if (typeof listener === 'number') {
      seat.wire?.answer(query, { errno: listener });
      this.#on.bindFailed(seat.worker, { code: errnoName(listener), address: query.address, port: query.port });
      return;
    }
    listener.data ??= query.data;
    this.#listeners.set(query.key, listener);
    seat.listeners.add(listener);
    seat.wire?.answer(query, { errno: 0, sockname: listener.sockname, data: listener.data });
    this.#serve(seat);
  }

  #leave(seat: WorkerSeat, key: string): void {
    const listener = this.#listeners.get(key);
    if (!listener || !seat.listeners.delete(listener) || this.#isWanted(listener)) return;
    const closeIfMeant = () => {
      const stays = this.#seats.get(seat.worker) === seat && seat.standing !== 'retired';
      if (stays && this.#listeners.get(key) === listener && !this.#isWanted(listener)) this.#close(listener);
    };
    setTimeout(closeIfMeant, CLOSED_SERVER_MS).unref();
  }

  /** Finds a worker for a connection, or lets it wait. Closes it once every worker has refused it. */
  #place(connection: Connection): void {
    const { listener, refusedBy } = connection;
    const seat = nextInTurn(this.#seats.values(), (it) => it.held === null && mayTake(it, connection));
    if (seat) this.#give(seat, connection);
    else if (refusedBy.size > 0 && !this.#hasHope(connection)) connection.raw.close();
    else listener.queue(connection);
  }

  /** Whether a worker is left that has not refused the connection, or will come: with no worker at all, it waits. */
  #hasHope(connection: Connection): boolean {
    const members = [...this.#seats.values()].filter((it) => isMember(it, connection.listener));
    return members.length === 0 || members.some((it) => !connection.refusedBy.has(it));
  }

  #give(seat: WorkerSeat, connection: Connection): void {
    seat.held = connection;
    seat.lastTurn = ++this.#turn;
    this.#sweep ??= setTimeout(() => this.#sweepEnded(), SWEEP_MS).unref();
    seat.wire?.handOver(connection.listener.key, connection.raw);
  }

  #settle(seat: WorkerSeat, accepted: boolean): void {
    const connection = seat.held;
    if (connection === null) return;
    seat.held = null;
    if (accepted) {
      connection.raw.close();
    } else {
      connection.refusedBy.add(seat);
      this.#place(connection);
    }
    this.#serve(seat);
  }

  /** Takes a connection back that cannot be acknowledged any more. */
  #takeBack(seat: WorkerSeat): void {
    const connection = seat.held;
    if (connection === null) return;
    seat.held = null;
    if (this.#listeners.get(connection.listener.key) === connection.listener) this.#place(connection);
    else connection.raw.close();
  }

  /** Gives a seat that has become free the oldest connection that waits for it. */
  #serve(seat: WorkerSeat): void {
    for (const listener of seat.listeners) {
      if (!listener.hasWaiting || seat.held !== null) continue;
      const connection = listener.next((it) => mayTake(seat, it));
      if (connection) this.#give(seat, connection);
    }
  }

  /**
   * Takes connections back from workers whose channel has ended. Node emits no 'disconnect' while a handle it sent awaits its own
   * acknowledgement (lib/internal/child_process.js, `_handleQueue`; Node 20 to 26), so `connected` is looked at.
   */
  #sweepEnded(): void {
    this.#sweep = null;
    for (const seat of this.#seats.values()) {
      if (!seat.worker.process.connected) this.#takeBack(seat);
      if (seat.held !== null) this.#sweep ??= setTimeout(() => this.#sweepEnded(), SWEEP_MS).unref();
    }
  }

  #isWanted(listener: Listener): boolean {
    return [...this.#seats.values()].some((it) => it.standing !== 'retired' && it.listeners.has(listener));
  }

  #close(listener: Listener): void {
    this.#listeners.delete(listener.key);
    for (const seat of this.#seats.values()) seat.listeners.delete(listener);
    listener.close();
  }

  #announce(worker: Worker, { address, port, addressType }: Address): void {
    this.#on.listening(worker, {
      address: typeof address === 'string' ? address : null,
      port: Number.isInteger(port) ? port : -1,
      addressType: addressType ?? -1,
    });
  }
}

/** Whether new connections of a listener may go to a worker. */
const isMember = (seat: WorkerSeat, listener: Listener): boolean =>
  seat.standing === 'admitted' && seat.listeners.has(listener) && seat.worker.process.connected;

const mayTake = (seat: WorkerSeat, connection: Connection): boolean =>
  isMember(seat, connection.listener) && !connection.refusedBy.has(seat);

const newSeat = (worker: Worker): WorkerSeat => ({
  worker,
  wire: null,
  standing: 'attached',
  listeners: new Set(),
  held: null,
  channelEnded: false,
  lastTurn: 0,
});

/** Waits until everything that a dead worker wrote to its channel has been read: an acknowledgement may be among it. */
async function allRead(child: ChildProcess): Promise<void> {
  const deadline = performance.now() + CHANNEL_END_MS;
  while (child.connected && performance.now() < deadline) await nextTurn();
  await nextTurn(); // 'disconnect' comes a tick after `connected` is false
}
