import type { LineFormat } from './line-format.ts';
import { LineFramer } from './line-framer.ts';
import type { LogFile } from './log-file.ts';

/** How long a line may stand unfinished (a prompt, a row of dots) before what is there of it is shown. */
const UNFINISHED_MS = 500;

/** What a stream of lines needs of a file. */
export type LineTarget = Pick<LogFile, 'append' | 'endLine' | 'crowded' | 'relieved' | 'written'>;

/** Brings one stream of one worker, in whole lines, into its files. */
export class LineWriter {
  readonly #framer = new LineFramer();
  readonly #format: LineFormat;
  readonly #files: readonly LineTarget[];
  readonly #onLost: (bytes: number) => void;
  #unfinished: NodeJS.Timeout | null = null;

  constructor(at: { format: LineFormat; files: readonly LineTarget[]; onLost: (bytes: number) => void }) {
    this.#format = at.format;
    this.#files = at.files;
    this.#onLost = at.onLost;
  }

  /** A promise: no more, please, until it resolves. */
  push(chunk: Buffer): Promise<void> | null {
    if (this.#files.length === 0) return null;
    this.#append(this.#framer.push(chunk));
    if (this.#framer.hasUnfinished && this.#format.goesOn) this.#showUnfinishedSoon();
    const crowded = this.#files.filter((file) => file.crowded);
    return crowded.length === 0 ? null : Promise.all(crowded.map((file) => file.relieved())).then(() => {});
  }

  /** Ends the last line, when nothing more comes. */
  finish(): void {
    if (this.#unfinished) clearTimeout(this.#unfinished);
    this.#unfinished = null;
    this.#append(this.#framer.takeUnfinished(), { unfinished: this.#format.goesOn });
    for (const file of this.#files) file.endLine(this);
  }

  /** Resolves when everything so far is in the files, or they fail. */
  async written(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.written()));
  }

  #showUnfinishedSoon(): void {
    if (this.#unfinished) {
      this.#unfinished.refresh();
      return;
    }
    this.#unfinished = setTimeout(() => {
      this.#unfinished = null;
      this.#append(this.#framer.takeSoFar(), { unfinished: true });
    }, UNFINISHED_MS);
  }

  #append(lines: readonly Buffer[], { unfinished = false } = {}): void {
    if (lines.length === 0) return;
    const formatted = this.#format.apply(lines, Date.now());
    for (const file of this.#files) {
      const lost = file.append(formatted, this, { unfinished });
      if (lost > 0) this.#onLost(lost);
    }
  }
}
