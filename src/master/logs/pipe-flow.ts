import type { Readable } from 'node:stream';

interface ReadHandle {
  readStop(): number;
  readStart(): number;
}

/**
 * Stops and starts the reading of a pipe at the kernel. `pause()` of a stream does not: it goes on reading, and waking this
 * process, until its buffer is full. Node keeps the handle of a socket in `_handle` (checked on 20, 22, 24 and 26); the
 * stream still believes that it reads, so nothing restarts it behind our back. Where the handle is not there, pause().
 */
export class PipeFlow {
  readonly #source: Readable & { readonly _handle?: Partial<ReadHandle> | null };
  #stopped = false;

  constructor(source: Readable) {
    this.#source = source;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    const handle = this.#handle();
    if (handle) handle.readStop();
    else this.#source.pause();
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    const handle = this.#handle();
    if (handle) handle.readStart();
    else this.#source.resume();
  }

  #handle(): ReadHandle | null {
    const handle = this.#source._handle;
    if (typeof handle?.readStop !== 'function' || typeof handle.readStart !== 'function') return null;
    return handle as ReadHandle; // both methods were just seen
  }
}
