import { expect, test } from 'vitest';
import { compileDateReader } from '../../../../src/cli/logs/date-reader.ts';
import { compileDateFormat } from '../../../../src/shared/date-format.ts';

const AT = new Date(2026, 7, 3, 14, 5, 9, 42).getTime();
const MS = 1;
const SECOND = 1000;
const MINUTE = 60_000;

test.each([
  ['YYYY-MM-DDTHH:mm:ss.SSS', MS],
  ['YYYY-MM-DD HH:mm Z', MINUTE],
  ['DD-MM-YYYY HH:mm:ss', SECOND],
  ['D/M/YY h:m:s A', SECOND],
  ['dddd, MMMM D YYYY hh:mm a ZZ', MINUTE],
  ['[on] ddd MMM DD YYYY (HH.mm.ss)', SECOND],
  ['x', MS],
  ['X', SECOND],
])('what "%s" writes is read again', (format, unit) => {
  const line = `${compileDateFormat(format)(AT)}: 2020 in the text`;
  expect(compileDateReader(format)(line)).toBe(Math.floor(AT / unit) * unit);
});

test('a date without a time is its beginning; a time without a date, and another line, is none', () => {
  const day = compileDateReader('DD.MM.YYYY')('03.08.2026: x');
  expect(day).toBe(new Date(2026, 7, 3).getTime());

  expect(compileDateReader('HH:mm:ss')('14:05:09: x')).toBe(null);
  expect(compileDateReader('DD.MM.YYYY')('  at stack')).toBe(null);
});
