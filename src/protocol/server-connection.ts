import type { Socket } from 'node:net';
import { isRecord } from '../shared/is-record.ts';
import { fail, type Outcome } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { MAX_REQUEST_BYTES } from './framing.ts';
import { notificationMessage, parseMessage, type RequestId, replyMessage } from './json-rpc.ts';
import { MessageLink } from './message-link.ts';

/** Events that a client has not read yet, above which it is disconnected: it comes back for a snapshot when it is well again. */
const MAX_QUEUED_BYTES = 8 * 1024 * 1024;

/** Requests of one connection that may be at work at once. */
const MAX_REQUESTS = 1000;

/** One client, as handlers see it. */
export interface ServerConnection<E> {
  /** Counts up from 1 within a server. */
  readonly id: number;
  send(event: E): void;
  /** Called once, when the client is gone, whoever ended it. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Answers one request; never rejects for a reason we foresaw. */
export type Answer = (method: string, params: unknown, signal: AbortSignal) => Promise<Outcome<unknown>>;

/** The answering side of a connection. What one client sends, however odd, touches no other. */
export class AnsweringConnection<E> implements ServerConnection<E> {
  readonly id: number;
  readonly #link: MessageLink;
  readonly #running = new Map<RequestId, AbortController>();
  readonly #closeListeners = new Set<() => void>();
  #answer: Answer | null = null;
  #open = true;

  constructor(id: number, socket: Socket) {
    this.id = id;
    this.#link = new MessageLink(socket, {
      maxFrameBytes: MAX_REQUEST_BYTES,
      events: {
        lines: (lines) => this.#receive(lines),
        tooLarge: () => this.#refuse(null, `it is larger than ${MAX_REQUEST_BYTES} bytes`),
        closed: () => this.#closed(),
      },
    });
  }

  /** Handlers are made for the connection, so they come after it; no request is read before. */
  answerWith(answer: Answer): void {
    this.#answer = answer;
  }

  send(event: E): void {
    if (this.#link.queuedBytes > MAX_QUEUED_BYTES) this.#link.destroy();
    else this.#link.send(notificationMessage('event', event));
  }

  onClose(listener: () => void): void {
    if (this.#open) this.#closeListeners.add(listener);
    else queueMicrotask(listener);
  }

  close(): void {
    this.#open = false;
    this.#link.end();
  }

  #receive(lines: readonly string[]): void {
    for (const line of lines) {
      if (!this.#open) return;
      const message = parseMessage(line);
      if (message.kind === 'request') this.#start(message.id, message.method, message.params);
      else if (message.kind === 'notification') this.#notice(message.method, message.params);
      else if (message.kind === 'reply') this.#complain(message.id, 'nothing was asked');
      else if (message.fatal) this.#refuse(message.id, message.reason);
      else this.#complain(message.id, message.reason);
    }
  }

  #start(id: RequestId, method: string, params: unknown): void {
    if (this.#running.has(id)) this.#complain(id, `a request with id ${JSON.stringify(id)} is at work`);
    else if (this.#running.size >= MAX_REQUESTS) this.#refuse(id, `${MAX_REQUESTS} requests are at work`);
    else this.#run(id, method, params);
  }

  #run(id: RequestId, method: string, params: unknown): void {
    const controller = new AbortController();
    this.#running.set(id, controller);
    void this.#answer?.(method, params, controller.signal).then((outcome) => {
      this.#running.delete(id);
      this.#reply(id, outcome);
    });
  }

  #notice(method: string, params: unknown): void {
    if (method !== 'request.abort' || !isRecord(params)) return; // a notification is never answered
    const id = params.id;
    if (typeof id === 'number' || typeof id === 'string') this.#running.get(id)?.abort();
  }

  #reply(id: RequestId | null, outcome: Outcome<unknown>): void {
    if (!this.#open) return;
    this.#link.send(replyMessage(id, outcome));
    if (this.#link.queuedBytes > MAX_QUEUED_BYTES) this.#link.pauseUntilSent();
  }

  #complain(id: RequestId | null, reason: string): void {
    this.#reply(id, fail(problem('protocol/bad-message', { reason })));
  }

  #refuse(id: RequestId | null, reason: string): void {
    this.#complain(id, reason);
    this.close();
  }

  #closed(): void {
    this.#open = false;
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
    for (const listener of this.#closeListeners) listener();
    this.#closeListeners.clear();
  }
}
