import type { Problem } from '../../shared/problems.ts';
import type { Paint } from './paint.ts';
import { terminalSafe } from './terminal-safe.ts';

/** Where a command prints. Prefixes are PM2's, because scripts look for them. */
export class Output {
  readonly paint: Paint;
  readonly #errorPaint: Paint;
  readonly #streams: Streams;
  readonly #silent: boolean;

  constructor({ streams, paint, errorPaint, silent }: OutputParts) {
    this.paint = paint;
    this.#errorPaint = errorPaint;
    this.#streams = streams;
    this.#silent = silent;
  }

  /** Width of the terminal in columns; undefined when stdout is none. */
  get columns(): number | undefined {
    return this.#streams.stdout.columns;
  }

  /** Machine output, as it is: printed even with `--silent`. False: wait for stdout's `drain`. */
  data(text: string): boolean {
    return this.#streams.stdout.write(text);
  }

  /** Of a terminal, so that what is printed next takes the place of what was there. */
  clearScreen(): void {
    if (this.columns !== undefined && !this.#silent) this.#streams.stdout.write('\x1b[H\x1b[J');
  }

  line(text = ''): void {
    this.#print('stdout', text);
  }

  /** What was done. */
  note(text: string): void {
    this.line(`${this.paint.green('[PM2] ')}${text}`);
  }

  warn(text: string): void {
    this.line(`${this.paint.yellow('[PM2][WARN] ')}${text}`);
  }

  /** A warning beside results that machines may read: on stderr. */
  aside(text: string): void {
    this.#print('stderr', `${this.#errorPaint.yellow('[PM2][WARN] ')}${text}`);
  }

  /** What goes on meanwhile, on stderr, so that it never mixes with results. */
  progress(text: string): void {
    this.#print('stderr', `${this.#errorPaint.green('[PM2] ')}${text}`);
  }

  /** How a command is to be typed, on stderr. */
  usage(text: string): void {
    this.#streams.stderr.write(`${text}\n`);
  }

  /** A failure on stderr: what happened, the evidence indented, what to do. Gives the exit code, 1. */
  problem({ code, message, evidence = [], hint }: Problem): 1 {
    if (code === 'target/none')
      this.aside(message); // PM2's words for it
    else this.#failure(message, evidence, hint);
    return 1;
  }

  #failure(message: string, evidence: readonly string[], hint: string | undefined): void {
    const { red, dim } = this.#errorPaint;
    const lines = [
      `${red('[PM2][ERROR] ')}${message}`,
      ...evidence.map((line) => `    ${dim(line)}`),
      ...(hint ? [`  ${hint}`] : []),
    ];
    this.#print('stderr', lines.join('\n'));
  }

  /** Lines for a person: what apps are called and what they printed may be among them. */
  #print(to: keyof Streams, text: string): void {
    if (this.#silent) return;
    const stream = this.#streams[to];
    const isTerminal = stream.columns !== undefined;
    stream.write(`${isTerminal ? text.split('\n').map(terminalSafe).join('\n') : text}\n`);
  }
}

interface Stream {
  readonly columns?: number;
  write(text: string): boolean;
}

/** Read at each use: stderr takes a while to set up, and most commands print nothing on it. */
interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
}

interface OutputParts {
  readonly streams: Streams;
  readonly paint: Paint;
  readonly errorPaint: Paint;
  /** Prints machine output only. */
  readonly silent: boolean;
}
