import { describe, expect, test } from 'vitest';
import { type Area, layOut } from '../../../src/ui/layout.ts';

const WIDTHS = [1, 40, 99, 100, 150];
const HEIGHTS = [1, 2, 3, 5, 8, 11, 12, 20, 24, 60];

function* everyScreen() {
  for (const width of WIDTHS) {
    for (const height of HEIGHTS) {
      for (const listLines of [1, 6, 201]) {
        for (const messageLines of [0, 2, 50]) {
          for (const focus of ['list', 'logs'] as const) yield { width, height, listLines, messageLines, focus };
        }
      }
    }
  }
}

/** Whether each cell of the screen belongs to exactly one area, and each area to the screen. */
function tiles({ width, height }: { width: number; height: number }, areas: readonly Area[]): boolean {
  const counts = new Uint8Array(width * height);
  for (const { left, top, width: wide, height: high } of areas) {
    if (Math.min(left, top, wide, high) < 0 || left + wide > width || (high > 0 && top + high > height)) return false;
    for (let y = top; y < top + high; y += 1) {
      for (let x = left; x < left + wide; x += 1) counts[y * width + x] = (counts[y * width + x] ?? 0) + 1;
    }
  }
  return counts.every((count) => count === 1);
}

test('on a screen of any size the areas fill it and do not overlap', () => {
  const wrong = [...everyScreen()].filter((needs) => {
    const { header, list, details, logs, message, bar, wide } = layOut(needs);
    const divider = { left: list.width, top: list.top, width: wide ? 1 : 0, height: list.height };
    return !tiles(needs, [header, list, divider, details, logs, message, bar]);
  });
  expect(wrong).toEqual([]);
});

describe('rows of list, details and logs', () => {
  const rowsOn = (width: number, height: number, change = {}) => {
    const needs = { width, height, listLines: 30, messageLines: 0, focus: 'list' as const, ...change };
    const { list, details, logs, wide } = layOut(needs);
    return { list: list.height, details: details.height, logs: logs.height, wide };
  };

  test.each([
    [80, 24, {}, { list: 10, details: 4, logs: 8, wide: false }],
    [80, 24, { listLines: 4 }, { list: 4, details: 4, logs: 14, wide: false }],
    [80, 24, { messageLines: 3 }, { list: 9, details: 4, logs: 6, wide: false }],
    [80, 24, { focus: 'logs' }, { list: 5, details: 4, logs: 13, wide: false }],
    [120, 40, {}, { list: 22, details: 22, logs: 16, wide: true }],
    [120, 40, { listLines: 3 }, { list: 18, details: 18, logs: 20, wide: true }],
    [40, 12, {}, { list: 4, details: 2, logs: 4, wide: false }],
  ])('%ix%i %j', (width, height, change, expected) => {
    expect(rowsOn(width, height, change)).toEqual(expected);
  });
});
