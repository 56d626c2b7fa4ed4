import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** More than the kernel lets gather in the socket of a child (208 kB, net.core.wmem_default of socket(7)): one read takes all. */
const READ_BYTES = 256 * 1024;

/** What Node keeps in `_handle` of a socket: libuv's stream. */
interface ReadHandle {
  readStop(): number;
  readStart(): number;
}

type PipeSource = Readable & { _handle?: Partial<ReadHandle> | null };

let buffer: Buffer | null = null;

/**
 * The output of a child, read as cheaply as Node can, and stopped and started at the kernel. The stream that child_process makes
 * allocates 64 kB for each read, and after `pause()` goes on reading, and waking this process, until its buffer is full. So its handle
 * is given to a socket that reads into one buffer for all (`onread` of net.Socket), and is stopped by its own methods. Node keeps it in
 * `_handle` (checked on 20, 22, 24 and 26); where it is not there, the stream does it.
 */
export class PipeFlow {
  readonly ended: Promise<void>;
  readonly #handle: ReadHandle | null;
  readonly #source: Readable;
  #stopped = false;
  #hasEnded = false;

  /** `take` gets each chunk, which is its own from then on. */
  constructor(source: PipeSource, take: (chunk: Buffer) => void) {
    this.#handle = takeHandle(source);
    this.#source = this.#handle ? socketOn(this.#handle, take) : source.on('data', take);
    // A reset of the pipe is its end; what was read counts.
    this.#source.on('error', () => {});
    this.ended = new Promise((resolve) => {
      this.#source.once('close', () => {
        this.#hasEnded = true;
        source.destroy(); // the child's 'close' waits for it
        resolve();
      });
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    if (this.#handle) this.#handle.readStop();
    else this.#source.pause();
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    if (this.#handle) this.#handle.readStart();
    else this.#source.resume();
  }
}

/** Takes the handle out of a stream; null: it has none that we know how to use. */
function takeHandle(source: PipeSource): ReadHandle | null {
  const handle = source._handle;
  if (typeof handle?.readStop !== 'function' || typeof handle.readStart !== 'function') return null;
  source._handle = null;
  return handle as ReadHandle; // both methods were just seen
}

function socketOn(handle: ReadHandle, take: (chunk: Buffer) => void): Socket {
  buffer ??= Buffer.allocUnsafe(READ_BYTES);
  const onread = {
    buffer,
    callback: (bytes: number, all: Uint8Array) => {
      take(Buffer.from(all.subarray(0, bytes)));
      return true;
    },
  };
  const socket = new Socket({ handle, onread, writable: false } as ConstructorParameters<typeof Socket>[0]); // `handle` is in no types
  return socket.on('data', take); // never, unless a later Node takes no `onread` with a handle: then nothing is lost
}
