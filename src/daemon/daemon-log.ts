import { write, writeSync } from 'node:fs';
import { compileDateFormat } from '../shared/date-format.ts';
import { isoTime } from '../shared/iso-time.ts';
import type { Paths } from '../shared/paths.ts';
import { OWN_LOG_BYTES, putAwayIfLarge } from './own-log-rotation.ts';

const STDERR = 2;
/** How much is written between two looks at the size of the file. */
const LOOK_EVERY_BYTES = OWN_LOG_BYTES / 10;

/** The daemon's own log: standard error, which is daemon.log. Lines are written in order, without holding anyone up. */
export class DaemonLog {
  readonly #prefix: () => string;
  #queue: string[] = [];
  #writing = false;
  #path: string | null = null;
  #unlookedBytes = LOOK_EVERY_BYTES; // it may be large from the start

  constructor(prefix: () => string) {
    this.#prefix = prefix;
  }

  /** Says which file it is, so that it can be put away when it is too large. */
  keepSmall(path: string): void {
    this.#path = path;
  }

  note(sentence: string): void {
    this.#queue.push(this.#lineOf(sentence));
    if (!this.#writing) this.#writeNext();
  }

  /** The last words before an exit, with everything that still waits. */
  noteAtOnce(sentence: string): void {
    const text = [...this.#queue, this.#lineOf(sentence)].join('');
    this.#queue = [];
    try {
      writeSync(STDERR, text);
    } catch {
      // nobody can be told
    }
  }

  #lineOf(sentence: string): string {
    return `${this.#prefix()}${sentence}\n`;
  }

  #writeNext(): void {
    if (this.#queue.length === 0) return;
    const text = this.#queue.join('');
    this.#queue = [];
    this.#writing = true;
    // On a full disk lines are lost, nothing else.
    write(STDERR, text, (_error, bytes = 0) => {
      void this.#afterWrite(bytes).then(() => {
        this.#writing = false;
        this.#writeNext();
      });
    });
  }

  async #afterWrite(bytes: number): Promise<void> {
    this.#unlookedBytes += bytes;
    if (this.#path === null || this.#unlookedBytes < LOOK_EVERY_BYTES) return;
    this.#unlookedBytes = 0;
    await putAwayIfLarge(this.#path, 'copy');
  }
}

/** How a line begins: with the time, and in a home of PM2_HOME as scripts that read pm2.log know it. */
export function prefixOf({ names }: Pick<Paths, 'names'>, env: NodeJS.ProcessEnv): () => string {
  if (names === 'pm') return () => `${isoTime(Date.now())} `;
  const format = env.PM2_LOG_DATE_FORMAT ?? 'YYYY-MM-DDTHH:mm:ss';
  if (format === '') return () => 'PM2 log: ';
  const timeOf = compileDateFormat(format);
  return () => `${timeOf(Date.now())}: PM2 log: `;
}
