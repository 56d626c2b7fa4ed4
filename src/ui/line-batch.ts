/** A batch is given at this pace. */
const BATCH_MS = 100;
/** The reader waits for the next batch when it has read so much. */
const MOST_LINES = 1_000;
/** A reader that had to wait so many times, one after the other, has been left behind. */
const MOST_FULL_BATCHES = 10;

/** Collects the lines of one file, so that the screen is not drawn for each, and holds the reader back when they are many. */
export class LineBatch {
  readonly #give: (lines: readonly string[]) => void;
  readonly #overrun: () => void;
  #lines: string[] = [];
  #full = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  #goOn: () => void = () => {};

  constructor({ give, overrun }: { give: (lines: readonly string[]) => void; overrun: () => void }) {
    this.#give = give;
    this.#overrun = overrun;
  }

  /** A promise that it gives back resolves when more may be added. */
  add(lines: readonly string[]): Promise<void> | void {
    if (this.#closed) return;
    for (const line of lines) this.#lines.push(line);
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS);
    if (this.#lines.length < MOST_LINES) return;
    return new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#goOn();
  }

  #flush(): void {
    const lines = this.#lines;
    this.#full = lines.length >= MOST_LINES ? this.#full + 1 : 0;
    this.#lines = [];
    this.#timer = null;
    this.#give(lines);
    if (this.#full >= MOST_FULL_BATCHES) this.#overrun();
    this.#goOn();
  }
}
