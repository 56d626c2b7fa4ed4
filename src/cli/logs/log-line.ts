import type { LogSource } from '../../logs-reader/log-source.ts';

/** One line on its way to the screen. */
export interface LogLine {
  readonly source: LogSource;
  readonly text: string;
  /** When it came, ms since the epoch; null: it was in the file before, and the file does not say. */
  readonly at: number | null;
}
