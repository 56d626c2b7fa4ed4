import { write, writeSync } from 'node:fs';

const STDERR = 2;

/** The daemon's own log: standard error, which is daemon.log. Lines are written in order, without holding anyone up. */
export class DaemonLog {
  #queue: string[] = [];
  #writing = false;

  note(sentence: string): void {
    this.#queue.push(lineOf(sentence));
    if (!this.#writing) this.#writeNext();
  }

  /** The last words before an exit, with everything that still waits. */
  noteAtOnce(sentence: string): void {
    const text = [...this.#queue, lineOf(sentence)].join('');
    this.#queue = [];
    try {
      writeSync(STDERR, text);
    } catch {
      // nobody can be told
    }
  }

  #writeNext(): void {
    if (this.#queue.length === 0) return;
    const text = this.#queue.join('');
    this.#queue = [];
    this.#writing = true;
    write(STDERR, text, () => {
      this.#writing = false;
      this.#writeNext(); // on a full disk lines are lost, nothing else
    });
  }
}

const lineOf = (sentence: string): string => `${new Date().toISOString()} ${sentence}\n`;
