import type { OutputFeed } from './output-server.ts';
import type { OutputStream } from './output-stream.ts';

const NEWLINE = 0x0a;

/** How long a line may stand unfinished (a prompt, a row of dots) before what is there of it is shown. */
const UNFINISHED_MS = 100;

/** Longest line of one worker that is kept in one piece among those of others. */
const MAX_LINE_BYTES = 1024 * 1024;

/** Merges the bytes of several workers, unchanged, into one stream: the lines of each stay whole. */
export class RawMerge {
  readonly #stream: OutputStream;
  #feeds = 0;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  open(): OutputFeed {
    const stream = this.#stream;
    let unfinished: Buffer[] = [];
    let bytes = 0;
    let timer: NodeJS.Timeout | undefined;
    // Where there is nobody else, nothing can come between its parts.
    const showIfAlone = () => void (this.#feeds === 1 && flush());
    this.#feeds += 1;
    return {
      push: (chunk) => {
        clearTimeout(timer);
        const end = chunk.lastIndexOf(NEWLINE) + 1;
        let held = end > 0 ? flush(chunk.subarray(0, end)) : null;
        unfinished.push(chunk.subarray(end));
        bytes += chunk.length - end;
        if (bytes > MAX_LINE_BYTES) held = flush() ?? held;
        if (bytes > 0) timer = setTimeout(showIfAlone, UNFINISHED_MS);
        return held;
      },
      end: () => {
        clearTimeout(timer);
        flush();
        this.#feeds -= 1;
      },
    };

    function flush(rest?: Buffer): Promise<void> | null {
      const pieces = rest ? [...unfinished, rest] : unfinished;
      unfinished = [];
      bytes = 0;
      return pieces.map((piece) => stream.write(piece)).at(-1) ?? null;
    }
  }
}
