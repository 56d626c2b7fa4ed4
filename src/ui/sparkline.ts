import { newest } from './history.ts';

/** Values between `low` and `high` drawn as columns, the newest at the right. Lines from top to bottom, `width` columns each. */
export function drawChart(values: readonly number[], { width, height, low, high }: ChartFrame): string[] {
  const shown = newest(values, width);
  const steps = shown.map((value) => toSteps(value, { height, low, high }));
  return Array.from({ length: height }, (_, line) => {
    const below = (height - 1 - line) * LEVELS;
    const columns = steps.map((step) => BLOCKS[Math.max(0, Math.min(LEVELS, step - below))]);
    return ' '.repeat(width - shown.length) + columns.join('');
  });
}

interface ChartFrame {
  readonly width: number;
  readonly height: number;
  readonly low: number;
  readonly high: number;
}

const BLOCKS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const LEVELS = BLOCKS.length - 1;

/** Eighths of a line. Never none, so that the line of time is seen. */
function toSteps(value: number, { height, low, high }: Omit<ChartFrame, 'width'>): number {
  const part = high > low ? (value - low) / (high - low) : 0;
  return Math.max(1, Math.min(height * LEVELS, Math.round(part * height * LEVELS)));
}

const LEAST_CPU_PERCENT = 10;
const LEAST_MEMORY_SPAN = 0.1;

/** CPU from zero to its peak, so that heights compare; an idle process stays flat. */
export const cpuRange = (values: readonly number[]) => ({ low: 0, high: Math.max(LEAST_CPU_PERCENT, ...values) });

/** Memory between its least and its most, so that growth shows; a tenth at least, so that noise does not. */
export function memoryRange(values: readonly number[]) {
  const known = values.filter((value) => value > 0);
  const most = Math.max(0, ...known);
  const least = Math.min(most, ...known);
  const middle = (most + least) / 2;
  const span = Math.max(most - least, most * LEAST_MEMORY_SPAN);
  return { low: middle - span * 0.7, high: middle + span * 0.5 };
}
