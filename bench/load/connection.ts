import { connect, type Socket } from 'node:net';
import type { FailureKind } from './job.ts';

export type Answer =
  | { readonly ok: true }
  | { readonly ok: false; readonly kind: FailureKind; readonly detail: string };

const END_OF_HEAD = '\r\n\r\n';

/**
 * One client connection that speaks just enough HTTP/1.1 (answers with a Content-Length) to count exactly what became of
 * every request. It never retries: a request that was sent and not answered has failed.
 */
export class Connection {
  readonly #socket: Socket;
  #received = '';
  #pending: ((answer: Answer) => void) | undefined;
  #open = true;

  constructor(port: number, timeoutMs: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('latin1'); // one character a byte
    this.#socket.setTimeout(timeoutMs);
    this.#socket.on('data', (text: string) => this.#take(text));
    this.#socket.on('end', () => this.#fail('reset', 'the server closed the connection before it answered'));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(kindOf(error), error.code ?? error.message));
    this.#socket.on('timeout', () => this.#pending && this.#fail('hung', 'no answer'));
  }

  /** Whether another request can be sent on it. */
  get usable(): boolean {
    return this.#open;
  }

  ask(path: string, keepAlive: boolean): Promise<Answer> {
    return new Promise((resolve) => {
      this.#pending = resolve;
      this.#socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: ${keepAlive ? 'keep-alive' : 'close'}\r\n\r\n`,
      );
    });
  }

  close(): void {
    this.#open = false;
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#received += text;
    const headEnd = this.#received.indexOf(END_OF_HEAD);
    if (headEnd < 0) return;
    const head = this.#received.slice(0, headEnd).toLowerCase();
    const length = Number(/content-length: *(\d+)/.exec(head)?.[1] ?? Number.NaN);
    if (Number.isNaN(length)) {
      this.#fail('own', 'an answer without Content-Length');
      return;
    }
    if (this.#received.length < headEnd + END_OF_HEAD.length + length) return;
    this.#received = '';
    if (/connection: *close/.test(head)) this.#open = false;
    const status = head.slice(9, 12);
    this.#settle(status.startsWith('2') ? { ok: true } : { ok: false, kind: 'status', detail: status });
  }

  #fail(kind: FailureKind, detail: string): void {
    this.close();
    this.#settle({ ok: false, kind, detail });
  }

  #settle(answer: Answer): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.(answer);
  }
}

function kindOf(error: NodeJS.ErrnoException): FailureKind {
  if (error.code === 'ECONNREFUSED') return 'refused';
  return error.code === 'ECONNRESET' || error.code === 'EPIPE' ? 'reset' : 'own';
}
