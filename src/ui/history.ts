import type { Usage } from '../shared/worker-view.ts';

/** CPU and memory of one worker or the sum of several, oldest first, one value a sample. Both have the same length. */
export interface History {
  readonly cpu: readonly number[];
  readonly memory: readonly number[];
}

export const NO_HISTORY: History = { cpu: [], memory: [] };

/** Five minutes at a sample a second, and more columns than any chart has. */
const KEPT_SAMPLES = 300;

export function addSample(history: History, { cpuPercent, memoryBytes }: Usage): History {
  return { cpu: append(history.cpu, cpuPercent), memory: append(history.memory, memoryBytes) };
}

const append = (values: readonly number[], value: number): number[] => [...values.slice(1 - KEPT_SAMPLES), value];

/** The sum of histories whose last samples were taken together. */
export function sumHistories(histories: readonly History[]): History {
  const [only] = histories;
  if (only && histories.length === 1) return only;
  return { cpu: sumAtEnd(histories.map(({ cpu }) => cpu)), memory: sumAtEnd(histories.map(({ memory }) => memory)) };
}

function sumAtEnd(series: readonly (readonly number[])[]): number[] {
  const length = Math.max(0, ...series.map((values) => values.length));
  return Array.from({ length }, (_, index) =>
    series.reduce((sum, values) => sum + (values[index - length + values.length] ?? 0), 0),
  );
}

/** The last values, `count` at most, which may be 0. */
export const newest = (values: readonly number[], count: number): readonly number[] =>
  values.slice(Math.max(0, values.length - count));
