import { describe, expect, test } from 'vitest';
import { LineFilter } from '../../../../src/cli/logs/line-filter.ts';
import { timeOfLine } from '../../../../src/cli/logs/line-time.ts';
import { readLogOptions } from '../../../../src/cli/logs/log-options.ts';

const NOON = new Date(2026, 7, 3, 12, 0, 0).getTime();

test.each([
  ['2026-08-03T12:00:00: an app with --time', NOON],
  ['[2026-08-03 12:00:00.250] brackets', NOON + 250],
  ['2026-08-03T12:00:00Z in UTC', Date.UTC(2026, 7, 3, 12)],
  ['2026-08-03 12:00:00,5 +02:00: east of it', Date.UTC(2026, 7, 3, 10, 0, 0, 500)],
  ['{"level":30,"time":1785751200000,"msg":"pino"}', 1_785_751_200_000],
  ['{"message":"x","timestamp":"2026-08-03T12:00:00.000Z"}', Date.UTC(2026, 7, 3, 12)],
  ['    at Object.<anonymous> (/srv/2026-08-03 12:00:00.js)', null],
  ['{"msg":"no time"}', null],
])('the time of %s', (line, at) => {
  expect(timeOfLine(line)).toBe(at);
});

describe('the lines of a time', () => {
  const lines = [
    '2026-08-03T11:59:00 early',
    '  at its stack',
    '2026-08-03T12:00:00 noon',
    '  at its stack',
    '2026-08-03T12:30:00 late',
  ];

  test('take those along that say none, by the one before them', () => {
    const filter = new LineFilter({ since: NOON, until: NOON + 1, grep: null }, null);
    expect([...filter.pick(lines.slice(0, 3)), ...filter.pick(lines.slice(3))]).toEqual(lines.slice(2, 4));
  });

  test('are all lines, when none says one', () => {
    expect(new LineFilter({ since: NOON, until: null, grep: /b/ }, null).pick(['abc', 'xyz'])).toEqual(['abc']);
  });
});

test('a time asks for all since then, an end asks for no new lines, and mistakes are said', () => {
  const read = (options: Record<string, string | boolean>) =>
    readLogOptions({ operands: ['api'], options, appArgs: null }, NOON);
  expect(read({ since: '1h' })).toMatchObject({ ok: true, value: { lines: Number.POSITIVE_INFINITY, follow: true } });
  expect(read({ until: '1h', lines: '5' })).toMatchObject({ ok: true, value: { lines: 5, follow: false } });
  for (const wrong of [{ since: 'soon' }, { until: 'soon' }, { grep: '(' }, { lines: '-1' }]) {
    expect(read(wrong)).toMatchObject({ ok: false, problem: { code: 'usage/invalid' } });
  }
});
