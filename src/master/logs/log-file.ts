import { LogTarget } from './log-target.ts';
import { PutAway } from './put-away.ts';
import { skipBytes, WriteQueue } from './write-queue.ts';

/** Above this much waiting for a file, the apps that write to it are held back. */
const CROWDED_BYTES = 2 * 1024 * 1024;
const RELIEVED_BYTES = 1024 * 1024;
const RETRY_MS = 1000;
/** How long lines may still go to a file that somebody deleted or renamed. */
const CHECK_EVERY_MS = 1000;

/** How long a FIFO may take nothing before it fails, and how often it is asked until then. */
const STALLED_MS = 1000;
const FULL_RETRY_MS = 10;
/** Most that is written at once. */
const BATCH_BYTES = 1024 * 1024;

const LINE_END = Buffer.from('\n');

/** Where full files go. */
export interface Shelf {
  /** Size that a file may have; 0: any. */
  maxBytes(path: string): number;
  /** Renames what is at the path. Rejects with the system's error. */
  putAway(path: string): Promise<void>;
}

/**
 * One log file, shared by all that write to it: batched appends, one at a time. A file that cannot be written never holds
 * up an app: 2 MB are kept for when it can be written again, what comes after that is dropped and counted, and a notice
 * marks the place. A write that stopped half way goes on at that byte, so no line is torn.
 */
export class LogFile {
  readonly path: string;
  readonly #mode: number;
  readonly #notice: (text: string) => Buffer;
  readonly #shelf: Shelf;
  readonly #queue = new WriteQueue();
  #target: LogTarget | null = null;
  #checkedAt = 0;
  #orders: (() => Promise<void>)[] = [];
  #working: Promise<void> | null = null;
  #fault: string | null = null;
  #retry: NodeJS.Timeout | null = null;
  #droppedBytes = 0;
  /** Whose line stands unfinished at the end of what was appended. */
  #openLine: object | null = null;

  /** Where it cannot be put away it goes on growing: lines matter more. */
  readonly #full = new PutAway({
    run: () => this.#putAway(),
    onFailure: ({ message }) => this.#mark(`this file is full and cannot be put away, so it grows on: ${message}`),
  });
  /** Whether the file ends in a line whose rest could not be written and waits. */
  #isCut = false;
  #wroteAt = 0;

  constructor(at: { path: string; mode: number; notice: (text: string) => Buffer; shelf: Shelf }) {
    this.#shelf = at.shelf;
    this.path = at.path;
    this.#mode = at.mode;
    this.#notice = at.notice;
  }

  /** Whether a writer should wait for `relieved`. Never so while the file fails. */
  get crowded(): boolean {
    return this.#fault === null && this.#queue.waitingBytes > CROWDED_BYTES;
  }

  /** Whether something waits to be written. */
  get isBehind(): boolean {
    return this.#queue.waitingBytes > 0;
  }

  /**
   * Takes whole lines of a writer, which stay together; with `unfinished`, the last of them goes on with what the same writer
   * appends next, unless another comes first. Gives back how many bytes were lost: none, or all.
   */
  append(lines: readonly Buffer[], by: object, { unfinished = false } = {}): number {
    if (this.#fault !== null && this.#queue.waitingBytes > CROWDED_BYTES) {
      const bytes = lines.reduce((sum, buffer) => sum + buffer.length, 0);
      this.#droppedBytes += bytes;
      return bytes;
    }
    if (this.#droppedBytes > 0) this.#markDrop();
    if (this.#openLine !== by) this.#endOpenLine();
    this.#openLine = unfinished ? by : null;
    this.#queue.add(lines);
    this.#work();
    return 0;
  }

  /** Ends the unfinished line of a writer that writes no more. */
  endLine(by: object): void {
    if (this.#openLine !== by) return;
    this.#endOpenLine();
    this.#work();
  }

  #endOpenLine(): void {
    if (this.#openLine !== null) this.#queue.add([LINE_END]);
    this.#openLine = null;
  }

  /** Resolves when a crowded file has room again, or fails. */
  relieved(): Promise<void> {
    return this.#queue.untilWaiting(RELIEVED_BYTES);
  }

  /** Resolves when everything appended so far is in the file, or the file fails. */
  async written(): Promise<void> {
    if (this.#fault === null) await this.#queue.untilWaiting(0);
  }

  /** Makes the file. Failing is no news yet: the first write says so. */
  create(): Promise<void> {
    return this.#order(async () => void (await this.#open()));
  }

  /** Empties it. Rejects with the system's error. */
  truncate(): Promise<void> {
    return this.#order(async () => {
      const target = await this.#open();
      await target.truncate();
      if (this.#isCut) this.#queue.dropLine();
      this.#isCut = false;
    });
  }

  /** Puts it away, whatever its size; false: it is empty. Rejects with the system's error. */
  rotate(): Promise<boolean> {
    return this.#order(async () => {
      if (this.#isCut) throw new Error(this.#fault ?? 'the rest of a line waits');
      if (!(await this.#open()).canBePutAway) return false;
      await this.#putAway();
      await this.#open();
      return true;
    });
  }

  /** Lets go of the file; the next write opens what is at the path then. */
  close(): Promise<void> {
    return this.#order(() => this.#letGo());
  }

  /** Runs between two writes. */
  #order<T>(run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#orders.push(() => run().then(resolve, reject));
      this.#work();
    });
  }

  #work(): void {
    this.#working ??= this.#workOff().finally(() => {
      this.#working = null;
      if (this.#hasWork()) this.#work();
    });
  }

  #hasWork(): boolean {
    return this.#orders.length > 0 || (this.#queue.waitingBytes > 0 && this.#retry === null);
  }

  async #workOff(): Promise<void> {
    while (this.#hasWork()) {
      const order = this.#orders.shift();
      if (order) await order();
      else await this.#writeWaiting().then(this.#recovered, this.#failed);
    }
  }

  async #writeWaiting(): Promise<void> {
    let target = await this.#open();
    const maxBytes = this.#shelf.maxBytes(this.path);
    const batchBytes = Math.min(BATCH_BYTES, maxBytes || BATCH_BYTES);
    if (target.isFull(maxBytes, Math.min(batchBytes, this.#queue.waitingBytes)) && (await this.#full.tryNow())) {
      target = await this.#open();
    }
    let left = this.#queue.take(batchBytes);
    try {
      while (left.length > 0) {
        const written = await target.write(left);
        left = skipBytes(left, written);
        this.#queue.done(written);
        this.#wroteAt = performance.now();
      }
    } finally {
      if (left.length > 0) this.#queue.putBack(left);
      this.#isCut = left.length > 0 && target.midLine;
    }
  }

  async #putAway(): Promise<void> {
    if (await this.#target?.isStillThere()) await this.#shelf.putAway(this.path);
    await this.#letGo();
  }

  readonly #recovered = (): void => {
    this.#fault = null;
    // Said now when nobody writes any more; otherwise the next append finds the count at 0.
    if (this.#droppedBytes > 0) this.#markDrop();
  };

  readonly #failed = (error: NodeJS.ErrnoException): void => {
    // A FIFO that is full for now, whose reader goes on: it is merely slow.
    const isBusy = error.code === 'EAGAIN' && performance.now() - this.#wroteAt < STALLED_MS;
    if (!isBusy) {
      this.#fault = error.message;
      this.#queue.releaseAll();
    }
    const again = (): void => {
      this.#retry = null;
      this.#work();
    };
    this.#retry = setTimeout(again, isBusy ? FULL_RETRY_MS : RETRY_MS).unref();
  };

  #markDrop(): void {
    this.#mark(`${this.#droppedBytes} bytes of log were lost here, because the file could not be written`);
    this.#droppedBytes = 0;
  }

  #mark(text: string): void {
    this.#endOpenLine();
    this.#queue.add([this.#notice(text)]);
  }

  async #open(): Promise<LogTarget> {
    const now = performance.now();
    if (this.#target && now - this.#checkedAt > CHECK_EVERY_MS) {
      this.#checkedAt = now;
      if (!(await this.#target.isStillThere())) await this.#letGo();
    }
    if (this.#target) return this.#target;
    this.#checkedAt = now;
    this.#target = await LogTarget.open(this.path, this.#mode);
    return this.#target;
  }

  async #letGo(): Promise<void> {
    const target = this.#target;
    this.#target = null;
    await target?.close();
  }
}
