import { expect, test } from 'vitest';
import { linePrinter } from '../../../../src/cli/logs/line-print.ts';
import { plain } from '../../../../src/cli/output/paint.ts';
import { terminalSafe } from '../../../../src/cli/output/terminal-safe.ts';

const source = { path: '/l', app: 'api', pmId: 3, stream: 'out', dateFormat: null } as const;
const at = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const labelled = { kind: 'labelled', timestamp: null, highlight: null } as const;
const marking = {
  ...plain,
  bold: (text: string) => `<${text}>`,
  green: (text: string) => `g(${text})`,
  cyan: (text: string) => `c(${text})`,
  red: (text: string) => `r(${text})`,
  blue: (text: string) => `b(${text})`,
};

test('labels are ten columns wide, or as the longest seen', () => {
  const print = linePrinter(labelled, { paint: plain, terminal: true });
  expect(print({ source, text: 'one', at })).toBe('3|api      | one\n');
  expect(print({ source: { ...source, app: 'a-long-name' }, text: 'two', at })).toBe('3|a-long-name | two\n');
  expect(print({ source: { ...source, pmId: null }, text: 'three', at })).toBe('api           | three\n');
});

test('each app has its color, and the bar tells stderr; every place of a word stands out', () => {
  const print = linePrinter({ ...labelled, highlight: 'ok' }, { paint: marking, terminal: true });
  const shown = (app: string, stream: 'out' | 'err' = 'out') =>
    print({ source: { ...source, app, stream }, text: 'ok ok', at });
  expect(shown('api')).toBe('g(3|api     ) g(|) <ok> <ok>\n');
  expect(shown('db', 'err')).toBe('c(3|db      ) r(|) <ok> <ok>\n');
  expect(shown('api', 'err')).toBe('g(3|api     ) r(|) <ok> <ok>\n');
  expect(shown('PM2')).toBe('b(3|PM2     ) b(|) <ok> <ok>\n');
});

test('the time of arrival stands before new lines only', () => {
  const print = linePrinter({ ...labelled, timestamp: '[at] SSS' }, { paint: plain, terminal: false });
  expect(print({ source, text: 'new', at })).toBe('at 006 3|api      | new\n');
  expect(print({ source, text: 'old', at: null })).toBe('3|api      | old\n');
});

test('JSON and fields are those of PM2', () => {
  const json = linePrinter({ kind: 'json' }, { paint: plain, terminal: true });
  expect(JSON.parse(json({ source, text: 'a "b"', at }))).toEqual({
    message: 'a "b"',
    timestamp: '2026-01-02T03:04:05.006Z',
    type: 'out',
    process_id: 3,
    app_name: 'api',
  });
  const fields = linePrinter({ kind: 'fields' }, { paint: plain, terminal: false });
  expect(fields({ source, text: 'x', at })).toMatch(/^timestamp=\S+ app=api id=3 type=out message=x\n$/);
});

test('no form but --raw lets control characters act on a terminal', () => {
  const evil = { source: { ...source, app: 'a\u001b[2J' }, text: '\u001b]0;x\u0007 \u009b2J \u202e', at };
  for (const form of [labelled, { kind: 'json' }, { kind: 'fields' }] as const) {
    const printed = linePrinter(form, { paint: plain, terminal: true })(evil).trimEnd();
    expect(printed).toBe(terminalSafe(printed));
  }
  expect(JSON.parse(linePrinter({ kind: 'json' }, { paint: plain, terminal: true })(evil)).message).toBe(evil.text);
});

test.each([
  ['colors stay, and end with the line', '\u001b[31mred\u001b[1;4m', '\u001b[31mred\u001b[1;4m\u001b[0m'],
  ['a title, a cursor and a bell are shown as text', '\u001b]0;title\u0007\u001b[2J', '^[]0;title^G^[[2J'],
  ['so are C1 controls and turns of direction', '\u009b2J \u202e', '\\u009b2J \\u202e'],
  ['a tab stays, the end of a Windows line goes', 'a\tb\r', 'a\tb'],
])('on a terminal %s', (_what, text, shown) => {
  expect(terminalSafe(text)).toBe(shown);
});
