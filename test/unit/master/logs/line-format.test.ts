import { expect, test } from 'vitest';
import { lineFormat, noticeLine } from '../../../../src/master/logs/line-format.ts';
import { identity } from './identity.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const bytes = (...texts: string[]) => texts.map((text) => Buffer.from(text));
const text = (pieces: readonly Buffer[]) => Buffer.concat(pieces).toString();

test('every line gets the date, not only the first of a write', () => {
  const format = lineFormat(identity({ dateFormat: 'YYYY [at] SSS' }), 7, 'out');
  expect(text(format.apply(bytes('on', 'e\ntwo\n\n'), AT))).toBe('2026 at 006: one\n2026 at 006: two\n2026 at 006: \n');
});

test('every line becomes one JSON object, with the names of PM2 and ours', () => {
  const format = lineFormat(identity({ type: 'json', app: 'api', slot: 1, pmId: 4 }), 77, 'err');
  const lines = text(format.apply(bytes('say "é"\nunfinished'), AT))
    .trimEnd()
    .split('\n');
  const ts = '2026-01-02T03:04:05.006Z';
  const same = { type: 'err', process_id: 4, app_name: 'api', app: 'api', slot: 1, pid: 77, stream: 'err' };
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { message: 'say "é"', msg: 'say "é"', timestamp: ts, ts, seq: 1, ...same },
    { message: 'unfinished', msg: 'unfinished', timestamp: ts, ts, seq: 2, ...same },
  ]);
});

test('the end of a Windows line is no part of a message', () => {
  const format = lineFormat(identity({ type: 'json' }), 77, 'out');
  expect(JSON.parse(text(format.apply(bytes('a\rb\r\n'), AT))).msg).toBe('a\rb');
});

test('a line of our own has the form of those around it', () => {
  const notice = (differs: Parameters<typeof identity>[0]) => noticeLine(identity(differs), 'lost', AT).toString();
  expect(notice({})).toBe('[pm] lost\n');
  expect(notice({ dateFormat: 'YYYY' })).toBe('2026: [pm] lost\n');
  expect(JSON.parse(notice({ type: 'json', dateFormat: 'YYYY' }))).toMatchObject({ type: 'pm', msg: 'lost' });
});
