import { expect, test } from 'vitest';
import { formatCount, formatMemory, formatUptime, plural } from '../../../src/shared/format.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

test.each([
  [-5, '0s'],
  [999, '0s'],
  [119 * SECOND, '119s'],
  [120 * SECOND, '2m'],
  [119 * 60 * SECOND, '119m'],
  [2 * HOUR, '2h'],
  [47 * HOUR, '47h'],
  [2 * DAY, '2D'],
  [59 * DAY, '59D'],
  [60 * DAY, '2M'],
  [729 * DAY, '24M'],
  [730 * DAY, '2Y'],
])('an uptime of %d ms is %s', (uptimeMs, expected) => {
  expect(formatUptime(uptimeMs)).toBe(expected);
});

test.each([
  [0, '0b'],
  [1_023, '1023b'],
  [1_024, '1kb'],
  [52_743_372, '50.3mb'],
  [3 * 1_024 ** 3, '3gb'],
])('%d bytes are %s', (bytes, expected) => {
  expect(formatMemory(bytes)).toBe(expected);
});

test('counts are easy to read', () => {
  expect([0, 999, 1_000, 41_203, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '41,203', '1,234,567']);
  expect([plural(1, 'worker'), plural(0, 'worker'), plural(2_000, 'request')]).toEqual([
    '1 worker',
    '0 workers',
    '2,000 requests',
  ]);
});
