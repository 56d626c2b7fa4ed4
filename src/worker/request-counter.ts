import type { ServerResponse } from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import type { RequestCounts } from './control-messages.ts';
import type { OpenConnections } from './open-connections.ts';
import { onServerEvent } from './server-events.ts';

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
  #stopListening: (() => void) | null = null;
  #reportedAt = 0;
  #due: NodeJS.Timeout | null = null;

  constructor(open: OpenConnections, report: (counts: RequestCounts) => void) {
    this.#open = open;
    this.#report = report;
  }

  /** Starts over from zero. Requests that are being answered already are in flight; HTTP/2 streams only from now on. */
  start(): void {
    this.stop();
    this.#served = 0;
    this.#inFlight.clear();
    this.#stopListening = onServerEvent('http.server.request.start', ({ response }) => this.#take(response));
    process.on('exit', this.#onExit);
    for (const { _httpMessage: response } of this.#open.sockets) if (response) this.#take(response);
    for (const session of this.#open.sessions) this.watch(session);
    this.flush();
  }

  stop(): void {
    if (!this.#stopListening) return;
    this.flush();
    this.#stopListening();
    this.#stopListening = null;
    process.off('exit', this.#onExit);
    for (const session of this.#open.sessions) session.off('stream', this.#onStream);
  }

  /** Counts an HTTP/2 session's streams, if counting. */
  watch(session: ServerHttp2Session): void {
    if (this.#stopListening) session.on('stream', this.#onStream);
  }

  /** Reports now. */
  flush(): void {
    if (!this.#stopListening) return;
    if (this.#due) clearTimeout(this.#due);
    this.#due = null;
    this.#reportedAt = performance.now();
    this.#report({ served: this.#served, inFlight: this.#inFlight.size });
  }

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
