import { fstatSync, write, writeSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { compileDateFormat } from '../shared/date-format.ts';
import { isoTime } from '../shared/iso-time.ts';
import type { Paths } from '../shared/paths.ts';
import { openAnew, putAwayIfLarge } from './own-log-rotation.ts';

const STDERR = 2;
/** How long lines may go to a file that is too large, or that somebody deleted or renamed. */
const LOOK_EVERY_MS = 1000;

/** The daemon's own log: standard error, which is daemon.log. Lines are written in order, without holding anyone up. */
export class DaemonLog {
  readonly #prefix: () => string;
  #queue: string[] = [];
  #writing = false;
  #fd = STDERR;
  #path: string | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(prefix: () => string) {
    this.#prefix = prefix;
  }

  /** Says which file it is, so that it can be put away when it is too large, and made anew when it is gone. */
  follow(path: string): void {
    this.#path = path;
  }

  /** Opens what is at the path now. The old file does when there cannot be a new one. */
  reopen(): void {
    if (this.#path === null) return;
    try {
      this.#fd = openAnew(this.#path, this.#fd);
    } catch {
      // looked for again with one of the next lines
    }
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
      writeSync(this.#fd, text);
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
    void this.#look()
      .then(() => new Promise<void>((resolve) => write(this.#fd, text, () => resolve())))
      .then(() => {
        this.#writing = false;
        this.#writeNext();
      });
  }

  /** Now and then, before a line is written: whether it still goes where it should. */
  async #look(): Promise<void> {
    const now = performance.now();
    if (this.#path === null || now - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#lookedAt = now;
    await putAwayIfLarge(this.#path);
    const [mine, there] = [fstatSync(this.#fd), await stat(this.#path).catch(() => null)];
    if (there?.ino !== mine.ino || there.dev !== mine.dev) this.reopen();
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
