/** Longest request a server takes in; one with a thousand large environments is a tenth of it. */
export const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/** Longest message a client takes in from a server of ours: a list with all environments may be large. */
export const MAX_REPLY_BYTES = 256 * 1024 * 1024;

const NEWLINE = 0x0a;

/** The finished lines of a chunk, without their newline. `tooLarge`: the line after them is over the limit; give up on this stream. */
export interface Frames {
  readonly lines: readonly string[];
  readonly tooLarge: boolean;
}

/** One message as it goes over the socket: a line of JSON, which never contains a raw newline. */
export const encodeFrame = (message: object): string => `${JSON.stringify(message)}\n`;

/** Chunks in, lines out, holding no more than `maxBytes` of an unfinished line. Cuts bytes, not characters: a chunk may end inside "é". */
export class FrameDecoder {
  readonly #maxBytes: number;
  #rest: Buffer[] = [];
  #restBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): Frames {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      start = end + 1;
      if (this.#restBytes > this.#maxBytes) return this.#giveUp(lines);
      lines.push(this.#take());
    }
    this.#keep(chunk.subarray(start));
    return this.#restBytes > this.#maxBytes ? this.#giveUp(lines) : { lines, tooLarge: false };
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#rest.push(bytes);
    this.#restBytes += bytes.length;
  }

  #take(): string {
    const line = this.#rest.length === 1 ? this.#rest[0] : Buffer.concat(this.#rest, this.#restBytes);
    this.#clear();
    return line === undefined ? '' : line.toString('utf8');
  }

  #giveUp(lines: readonly string[]): Frames {
    this.#clear();
    return { lines, tooLarge: true };
  }

  #clear(): void {
    this.#rest = [];
    this.#restBytes = 0;
  }
}
