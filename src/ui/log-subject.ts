import { selectedRow, workersOf } from './list-rows.ts';
import { addLines, type LogBuffer, NO_LOGS } from './log-buffer.ts';
import type { Model } from './model.ts';
import type { DashboardSource } from './source.ts';

/** Follows the logs of the selected row, and of no other. */
export class LogSubject {
  readonly #source: DashboardSource;
  readonly #change: (change: (logs: LogBuffer) => LogBuffer) => void;
  #stop: () => void = () => {};
  #shown = '';

  constructor(source: DashboardSource, change: (change: (logs: LogBuffer) => LogBuffer) => void) {
    this.#source = source;
    this.#change = change;
  }

  show(model: Model): void {
    const row = selectedRow(model);
    const workers = row ? workersOf(row) : [];
    const wanted = JSON.stringify(workers.map(({ pmId, outFile, errorFile }) => [pmId, outFile, errorFile]));
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#stop();
    this.#change(() => NO_LOGS);
    this.#stop = this.#source.follow(workers, (lines) => this.#change((logs) => addLines(logs, lines)));
  }

  close(): void {
    this.#stop();
  }
}
