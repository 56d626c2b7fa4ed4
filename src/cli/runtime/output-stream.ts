/** What takes the output of workers: our own stdout or stderr. Who has gone takes nothing, and holds nobody up. */
export class OutputStream {
  readonly #stream: NodeJS.WriteStream;
  #draining: Promise<void> | null = null;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** A promise: no more, please, until it resolves. */
  write(piece: Buffer | string): Promise<void> | null {
    if (this.#stream.errored || this.#stream.write(piece)) return null;
    this.#draining ??= this.#drained().finally(() => {
      this.#draining = null;
    });
    return this.#draining;
  }

  /** Resolves when everything is out of this process. */
  async flushed(): Promise<void> {
    while (!this.#stream.errored && this.#stream.writableLength > 0) await this.#drained();
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => this.#stream.write('', () => resolve()));
  }
}
