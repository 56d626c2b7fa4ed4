import { once } from 'node:events';
import type { LogSource } from '../../logs-reader/log-source.ts';
import type { Output } from '../output/output.ts';
import { type LineForm, linePrinter } from './line-print.ts';
import type { LogLine } from './log-line.ts';

/** Prints log lines, and waits when nobody takes them. */
export class LogScreen {
  readonly #out: Output;
  readonly #form: LineForm;
  readonly #print: (line: LogLine) => string;
  #draining: Promise<unknown> | null = null;
  #printedSinceHeading = false;

  constructor(out: Output, form: LineForm) {
    this.#out = out;
    this.#form = form;
    this.#print = linePrinter(form, { paint: out.paint, terminal: out.columns !== undefined });
  }

  /** What is coming: PM2's header. Not among machine output. */
  header(targets: readonly string[], lines: number): void {
    if (lines === Number.POSITIVE_INFINITY) return;
    const what = targets.length === 0 ? '[all] processes' : `[${targets.join(', ')}] process`;
    this.#heading(`[TAILING] Tailing last ${lines} lines for ${what} (change the value with --lines option)`);
  }

  beginFile({ path }: LogSource, lines: number): void {
    this.#heading(
      this.#out.paint.dim(lines === Number.POSITIVE_INFINITY ? `${path}:` : `${path} last ${lines} lines:`),
    );
    this.#printedSinceHeading = false;
  }

  endFile(): void {
    if (this.#printedSinceHeading) this.#heading('');
  }

  lines(source: LogSource, texts: readonly string[], at: number | null): Promise<void> | undefined {
    let text = '';
    for (const line of texts)
      if (line !== '' || this.#form.kind === 'raw') text += this.#print({ source, text: line, at });
    if (text === '') return undefined;
    this.#printedSinceHeading = true;
    if (this.#out.data(text)) return undefined;
    return this.#drained();
  }

  /** A sentence in a JSON stream that is not a log line. */
  processEvent(app: string, status: string): void {
    if (this.#form.kind !== 'json') return;
    const timestamp = new Date().toISOString();
    this.#out.data(`${JSON.stringify({ timestamp, type: 'process_event', status, app_name: app })}\n`);
  }

  #heading(text: string): void {
    if (this.#form.kind === 'labelled') this.#out.line(text);
  }

  async #drained(): Promise<void> {
    this.#draining ??= once(process.stdout, 'drain').finally(() => {
      this.#draining = null;
    });
    await this.#draining;
  }
}
