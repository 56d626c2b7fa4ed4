import { expect, test } from 'vitest';
import { lastTimesOfDay, readMoment } from '../../../../src/cli/logs/moment.ts';

const NOW = new Date(2026, 7, 2, 1, 30).getTime();
const at = (day: number, hours: number, minutes: number, seconds = 0) =>
  new Date(2026, 7, day, hours, minutes, seconds).getTime();

test.each([
  ['10m', NOW - 600_000],
  ['1.5h', NOW - 5_400_000],
  ['00:15', at(2, 0, 15)],
  ['23:30:05', at(2, 23, 30, 5)],
  ['2026-08-01', at(1, 0, 0)],
  ['2026-08-01 14:30', at(1, 14, 30)],
  ['2026-08-01T14:30:00Z', Date.UTC(2026, 7, 1, 14, 30)],
  ['5', null],
  ['0', null],
  ['25:99', null],
  ['14:30:99', null],
  ['yesterday', null],
  ['2026-13-01', null],
])('"%s"', (text, moment) => {
  expect(readMoment(text, NOW)).toBe(moment);
});

test('a time of day that has not come yet is the last one', () => {
  const [since, until] = [at(2, 23, 30), at(2, 23, 45)];
  expect(lastTimesOfDay({ since, until: null }, NOW)).toEqual({ since: at(1, 23, 30), until: null });
  expect(lastTimesOfDay({ since, until }, NOW)).toEqual({ since: at(1, 23, 30), until: at(1, 23, 45) });
  expect(lastTimesOfDay({ since, until: at(2, 0, 30) }, NOW)).toEqual({ since: at(1, 23, 30), until: at(2, 0, 30) });
  expect(lastTimesOfDay({ since: at(2, 0, 0), until }, NOW)).toEqual({ since: at(2, 0, 0), until });
});
