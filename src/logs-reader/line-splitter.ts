const NEWLINE = 0x0a;
/** Files of other writers may have lines without end; one piece of a line is not longer than this. */
const MAX_LINE_BYTES = 2 * 1024 * 1024;

/** Bytes of a file in, lines out, as text without their newline. A chunk may end inside a character. */
export class LineSplitter {
  #rest: Buffer[] = [];
  #restBytes = 0;

  push(chunk: Buffer): string[] {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      this.#rest.push(Buffer.from(chunk));
      this.#restBytes += chunk.length;
      return this.#restBytes > MAX_LINE_BYTES ? this.finish() : [];
    }
    const bytes = Buffer.concat([...this.#rest, chunk.subarray(0, end - 1)]);
    this.#forget();
    if (end < chunk.length) {
      this.#rest = [Buffer.from(chunk.subarray(end))];
      this.#restBytes = chunk.length - end;
    }
    return bytes.toString('utf8').split('\n');
  }

  /** The line that nobody has ended, if there is one. */
  finish(): string[] {
    if (this.#restBytes === 0) return [];
    const line = Buffer.concat(this.#rest).toString('utf8');
    this.#forget();
    return [line];
  }

  #forget(): void {
    this.#rest = [];
    this.#restBytes = 0;
  }
}
