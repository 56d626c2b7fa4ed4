import type { LogLine } from './source.ts';

/** The last log lines of the selected row. Lines are numbered from 0 on since the row was selected. */
export interface LogBuffer {
  readonly lines: readonly LogLine[];
  /** Number of the first line that is still kept. */
  readonly first: number;
  /** Number of the line at the bottom of the pane; null: the newest, whichever it is. */
  readonly bottom: number | null;
}

export const NO_LOGS: LogBuffer = { lines: [], first: 0, bottom: null };

const KEPT_LINES = 2_000;

export function addLines(buffer: LogBuffer, added: readonly LogLine[]): LogBuffer {
  const all = [...buffer.lines, ...added];
  const dropped = Math.max(0, all.length - KEPT_LINES);
  return { ...buffer, lines: all.slice(dropped), first: buffer.first + dropped };
}

/** Moves the bottom line; past the newest, the pane follows again. */
export function scroll(buffer: LogBuffer, by: number): LogBuffer {
  const newest = buffer.first + buffer.lines.length - 1;
  const bottom = Math.max(buffer.first, (buffer.bottom ?? newest) + by);
  return { ...buffer, bottom: bottom >= newest ? null : bottom };
}

export const scrollToStart = (buffer: LogBuffer): LogBuffer => scroll(buffer, Number.NEGATIVE_INFINITY);

export const follow = (buffer: LogBuffer): LogBuffer => ({ ...buffer, bottom: null });

/** The lines up to the one at the bottom, and how many newer ones are hidden below. */
export function linesAbove({ lines, first, bottom }: LogBuffer): { shown: readonly LogLine[]; below: number } {
  if (bottom === null) return { shown: lines, below: 0 };
  const end = Math.max(1, bottom - first + 1);
  return { shown: lines.slice(0, end), below: Math.max(0, lines.length - end) };
}
