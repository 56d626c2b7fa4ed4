const NEWLINE = 0x0a;

/** Buffers waiting for one file, oldest first, and the places in that flow that somebody waits for. */
export class WriteQueue {
  #buffers: Buffer[] = [];
  #waitingBytes = 0;
  /** Everything ever added, and everything done with. */
  #addedBytes = 0;
  #doneBytes = 0;
  #waiters: { readonly atBytes: number; readonly resolve: () => void }[] = [];

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  add(buffers: readonly Buffer[]): void {
    for (const buffer of buffers) {
      this.#buffers.push(buffer);
      this.#waitingBytes += buffer.length;
      this.#addedBytes += buffer.length;
    }
  }

  /** Takes out whole lines to be written, `maxBytes` of them if they can be parted there; they count as waiting until `done`. */
  take(maxBytes: number): Buffer[] {
    if (this.#waitingBytes <= maxBytes) return this.#buffers.splice(0);
    let bytes = 0;
    let count = 0;
    for (const [at, buffer] of this.#buffers.entries()) {
      bytes += buffer.length;
      if (bytes > maxBytes && count > 0) break;
      if (buffer.at(-1) === NEWLINE) count = at + 1;
    }
    return this.#buffers.splice(0, count || this.#buffers.length);
  }

  /** Puts back what could not be written, in front. */
  putBack(buffers: readonly Buffer[]): void {
    this.#buffers = [...buffers, ...this.#buffers];
  }

  /** Gives up what waits of the first line. */
  dropLine(): void {
    for (let buffer = this.#buffers.shift(); buffer; buffer = this.#buffers.shift()) {
      const end = buffer.indexOf(NEWLINE) + 1;
      this.done(end || buffer.length);
      if (end === 0) continue;
      if (end < buffer.length) this.#buffers.unshift(buffer.subarray(end));
      return;
    }
  }

  done(bytes: number): void {
    this.#waitingBytes -= bytes;
    this.#doneBytes += bytes;
    this.#wake((waiter) => waiter.atBytes <= this.#doneBytes);
  }

  /** Resolves once at most `leftBytes` of what was added so far are waiting, or when `releaseAll` is called. */
  untilWaiting(leftBytes: number): Promise<void> {
    const atBytes = this.#addedBytes - leftBytes;
    if (atBytes <= this.#doneBytes) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ atBytes, resolve }));
  }

  releaseAll(): void {
    this.#wake(() => true);
  }

  #wake(isDue: (waiter: { readonly atBytes: number }) => boolean): void {
    if (this.#waiters.length === 0) return;
    const due = this.#waiters.filter(isDue);
    if (due.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => !isDue(waiter));
    for (const waiter of due) waiter.resolve();
  }
}

/** What is left of buffers after their first `bytes` are gone. */
export function skipBytes(buffers: readonly Buffer[], bytes: number): Buffer[] {
  let gone = bytes;
  for (const [index, buffer] of buffers.entries()) {
    if (gone < buffer.length) return [buffer.subarray(gone), ...buffers.slice(index + 1)];
    gone -= buffer.length;
  }
  return [];
}
