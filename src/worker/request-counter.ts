import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import type { RequestCounts } from './control-messages.ts';
import type { OpenConnections } from './open-connections.ts';

/** Reports are at least this far apart. */
const REPORT_MS = 100;

/** Something that is being answered: an HTTP/1 response or an HTTP/2 stream. */
type Answer = Pick<ServerResponse, 'once'>;

/** Counts HTTP requests while asked to, and reports the counts when they have changed. */
export class RequestCounter {
  readonly #open: OpenConnections;
  readonly #report: (counts: RequestCounts) => void;
  #served = 0;
  readonly #inFlight = new Set<Answer>();
  #counting = false;
  #reportedAt = 0;
  #due: NodeJS.Timeout | null = null;

  constructor(open: OpenConnections, report: (counts: RequestCounts) => void) {
    this.#open = open;
    this.#report = report;
  }

  /** Starts over from zero. Requests that are being answered already are in flight; HTTP/2 streams only from now on. */
  start(): void {
    this.stop();
    this.#counting = true;
    this.#served = 0;
    this.#inFlight.clear();
    subscribe('http.server.request.start', this.#onRequest);
    process.on('exit', this.#onExit);
    for (const { _httpMessage: response } of this.#open.sockets) if (response) this.#take(response);
    for (const session of this.#open.sessions) this.watch(session);
    this.flush();
  }

  stop(): void {
    if (!this.#counting) return;
    this.flush();
    this.#counting = false;
    unsubscribe('http.server.request.start', this.#onRequest);
    process.off('exit', this.#onExit);
    for (const session of this.#open.sessions) session.off('stream', this.#onStream);
  }

  /** Counts an HTTP/2 session's streams, if counting. */
  watch(session: ServerHttp2Session): void {
    if (this.#counting) session.on('stream', this.#onStream);
  }

  /** Reports now. */
  flush(): void {
    if (!this.#counting) return;
    if (this.#due) clearTimeout(this.#due);
    this.#due = null;
    this.#reportedAt = performance.now();
    this.#report({ served: this.#served, inFlight: this.#inFlight.size });
  }

  readonly #onRequest = (message: unknown): void => this.#take((message as { response: ServerResponse }).response);
  readonly #onStream = (stream: Answer): void => this.#take(stream);
  readonly #onExit = (): void => this.flush();

  #take(answer: Answer): void {
    this.#inFlight.add(answer);
    answer.once('close', () => {
      if (!this.#inFlight.delete(answer)) return; // from before the last start
      this.#served++;
      this.#changed();
    });
    this.#changed();
  }

  #changed(): void {
    if (this.#due !== null) return;
    const sinceMs = performance.now() - this.#reportedAt;
    if (sinceMs >= REPORT_MS) this.flush();
    else this.#due = setTimeout(() => this.flush(), REPORT_MS - sinceMs).unref();
  }
}
