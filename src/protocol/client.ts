import type { Socket } from 'node:net';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { MAX_REPLY_BYTES } from './framing.ts';
import { notificationMessage, parseMessage, requestMessage } from './json-rpc.ts';
import { MessageLink } from './message-link.ts';
import type { RequestTable } from './messages.ts';
import { openSocket } from './unix-socket.ts';

/** A socket that is listened on takes a connection at once; only a stopped or swamped process lets one wait. */
const CONNECT_TIMEOUT_MS = 5000;

/** The asking side of a connection: requests of table T with their replies, and events E from the server. */
export class Client<T extends RequestTable<T>, E> {
  readonly #socketPath: string;
  readonly #link: MessageLink;
  readonly #pending = new Map<number, (outcome: Outcome<unknown>) => void>();
  readonly #eventListeners = new Set<(event: E) => void>();
  readonly #closeListeners = new Set<() => void>();
  #inbox: string[] = [];
  #delivering = false;
  #ended = false;
  #lastId = 0;
  #closed = false;

  /** Fails with daemon/unreachable: nobody listens there, or nobody takes the connection in time. */
  static async connect<T extends RequestTable<T>, E>(
    socketPath: string,
    { timeoutMs = CONNECT_TIMEOUT_MS }: { timeoutMs?: number } = {},
  ): Promise<Outcome<Client<T, E>>> {
    const socket = await openSocket(socketPath, timeoutMs);
    return socket.ok ? succeed(new Client<T, E>(socketPath, socket.value)) : socket;
  }

  private constructor(socketPath: string, socket: Socket) {
    this.#socketPath = socketPath;
    this.#link = new MessageLink(socket, {
      maxFrameBytes: MAX_REPLY_BYTES,
      events: {
        lines: (lines) => this.#receive(lines),
        tooLarge: () => this.#link.destroy(),
        closed: () => {
          this.#ended = true;
          if (!this.#delivering) this.#deliver();
        },
      },
    });
  }

  /**
   * Fails with the problem the server answered, or daemon/lost when the connection closes first. An abort is passed on to the
   * server, whose answer is waited for all the same: it says what was done until then.
   */
  call<M extends keyof T & string>(
    method: M,
    params: T[M]['params'],
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<Outcome<T[M]['result']>> {
    if (signal?.aborted) return Promise.resolve(fail(problem('request/aborted')));
    if (this.#closed) return Promise.resolve(this.#lost());
    this.#lastId += 1;
    const id = this.#lastId;
    const abort = () => this.#link.send(notificationMessage('request.abort', { id }));
    signal?.addEventListener('abort', abort, { once: true });
    return new Promise((resolve) => {
      this.#pending.set(id, (outcome) => {
        signal?.removeEventListener('abort', abort);
        resolve(outcome as Outcome<T[M]['result']>); // replies come from our own server, which the compiler holds to the table
      });
      this.#link.send(requestMessage(id, method, params));
    });
  }

  /** Returns "stop listening". */
  onEvent(listener: (event: E) => void): () => void {
    this.#eventListeners.add(listener);
    return () => void this.#eventListeners.delete(listener);
  }

  /** Called once, also when the connection is closed already. */
  onClose(listener: () => void): void {
    if (this.#closed) queueMicrotask(listener);
    else this.#closeListeners.add(listener);
  }

  close(): void {
    this.#link.destroy();
  }

  #receive(lines: readonly string[]): void {
    for (const line of lines) this.#inbox.push(line);
    if (!this.#delivering) this.#deliver();
  }

  /** After a reply comes a pause, so that who awaited it has acted on it (listens, took the snapshot) before later events are told. */
  #deliver(): void {
    const inbox = this.#inbox;
    this.#inbox = [];
    for (const [index, line] of inbox.entries()) {
      if (!this.#handle(line)) continue;
      this.#inbox = inbox.slice(index + 1);
      this.#delivering = true;
      setImmediate(() => {
        this.#delivering = false;
        this.#deliver();
      });
      return;
    }
    if (this.#ended) this.#finish();
  }

  /** Returns whether it was a reply. */
  #handle(line: string): boolean {
    const message = parseMessage(line);
    if (message.kind === 'reply') {
      const settle = typeof message.id === 'number' ? this.#pending.get(message.id) : undefined;
      if (typeof message.id === 'number') this.#pending.delete(message.id);
      settle?.(message.outcome);
      return settle !== undefined;
    }
    if (message.kind === 'notification' && message.method === 'event') {
      const event = message.params as E; // see call()
      for (const listener of this.#eventListeners) listener(event);
    } else if (message.kind === 'bad') {
      this.#link.destroy();
    }
    return false;
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const settle of this.#pending.values()) settle(this.#lost());
    this.#pending.clear();
    for (const listener of this.#closeListeners) listener();
  }

  #lost() {
    return fail(problem('daemon/lost', { socket: this.#socketPath }));
  }
}
