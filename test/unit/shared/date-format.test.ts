import { expect, test } from 'vitest';
import { compileDateFormat } from '../../../src/shared/date-format.ts';

const AT = new Date(2026, 7, 3, 14, 5, 9, 42).getTime(); // a Monday, local time

test.each([
  ['YYYY-MM-DDTHH:mm:ss.SSS', '2026-08-03T14:05:09.042'],
  ['YY M D H h m s A a', '26 8 3 14 2 5 9 PM pm'],
  ['dddd ddd dd d, MMMM MMM', 'Monday Mon Mo 1, August Aug'],
  ['[YYYY is] YYYY [', 'YYYY is 2026 ['],
  ['DD/MM hh', '03/08 02'],
])('%s', (format, expected) => {
  expect(compileDateFormat(format)(AT)).toBe(expected);
});

test('the offset of the time zone has a sign and two parts', () => {
  expect(compileDateFormat('Z ZZ')(AT)).toMatch(/^[+-]\d\d:\d\d [+-]\d{4}$/);
});
