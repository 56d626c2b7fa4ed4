import { describe, expect, test } from 'vitest';
import { sayCpu } from '../../../src/ui/figures.ts';
import { addSample, type History, NO_HISTORY, sumHistories } from '../../../src/ui/history.ts';
import { cpuRange, drawChart, memoryRange } from '../../../src/ui/sparkline.ts';

describe('a chart', () => {
  test.each([
    ['fills a line from the right', [0, 4, 8], { width: 5, height: 1, low: 0, high: 8 }, ['  ▁▄█']],
    ['shows the newest when there are too many', [8, 8, 0], { width: 2, height: 1, low: 0, high: 8 }, ['█▁']],
    ['goes up over several lines', [1, 2, 3, 4], { width: 4, height: 2, low: 0, high: 4 }, ['  ▄█', '▄███']],
    ['is flat when there is no range', [5, 5], { width: 2, height: 1, low: 5, high: 5 }, ['▁▁']],
    ['never leaves its height', [-10, 99], { width: 2, height: 1, low: 0, high: 8 }, ['▁█']],
    ['may have no width', [1, 2], { width: 0, height: 1, low: 0, high: 2 }, ['']],
    ['may have no values', [], { width: 3, height: 1, low: 0, high: 2 }, ['   ']],
  ])('%s', (_, values, frame, expected) => {
    expect(drawChart(values, frame)).toEqual(expected);
  });

  test('an idle process draws a flat line, a busy one fills the height', () => {
    expect(drawChart([0.2, 0.4, 0.1], { width: 3, height: 1, ...cpuRange([0.2, 0.4, 0.1]) })).toEqual(['▁▁▁']);
    expect(drawChart([20, 80, 40], { width: 3, height: 1, ...cpuRange([20, 80, 40]) })).toEqual(['▂█▄']);
  });

  test('memory that grows is seen, noise is not', () => {
    const draw = (values: number[]) =>
      drawChart(values, { width: values.length, height: 1, ...memoryRange(values) })[0];
    expect(draw([100, 120, 140, 160])).toBe('▁▄▆█');
    expect(new Set(draw([100, 100.1, 100, 100.1])).size).toBe(1);
  });
});

describe('history', () => {
  const history = (cpu: number[]): History => ({ cpu, memory: cpu.map((value) => value * 10) });

  test('keeps the newest samples', () => {
    let kept = NO_HISTORY;
    for (let at = 0; at < 1_000; at += 1) kept = addSample(kept, { cpuPercent: at, memoryBytes: at });
    expect(kept.cpu.length).toBe(kept.memory.length);
    expect([kept.cpu.length, kept.cpu.at(-1)]).toEqual([300, 999]);
  });

  test('adds up at the end, where samples were taken together', () => {
    expect(sumHistories([history([1, 2, 3]), history([10])]).cpu).toEqual([1, 2, 13]);
    expect(sumHistories([])).toEqual(NO_HISTORY);
  });
});

test.each([
  [0, '0.0%'],
  [12.44, '12.4%'],
  [99.94, '99.9%'],
  [99.96, '100%'],
  [640.4, '640%'],
])('%f percent is written %s', (percent, text) => {
  expect(sayCpu(percent)).toBe(text);
});
