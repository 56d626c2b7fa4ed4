import { DATE_PIECE, MONTHS } from '../../shared/date-format.ts';

/** What a text says of a time. */
export interface DateParts {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  ms?: number;
  isAfternoon?: boolean;
  offsetMinutes?: number;
  at?: number;
}

type Read = (parts: DateParts, text: string) => void;

const number =
  (key: 'month' | 'day' | 'hour' | 'minute' | 'second' | 'ms' | 'year', plus = 0): Read =>
  (parts, text) => {
    parts[key] = Number(text) + plus;
  };
const monthName: Read = (parts, text) => {
  parts.month = MONTHS.findIndex((name) => name.startsWith(text)) + 1;
};
const half: Read = (parts, text) => {
  parts.isAfternoon = text.toLowerCase() === 'pm';
};
const offset: Read = (parts, text) => {
  parts.offsetMinutes = readOffset(text);
};
const epoch =
  (msPerUnit: number): Read =>
  (parts, text) => {
    parts.at = Number(text) * msPerUnit;
  };
const nothing: Read = () => {};

/** What each token of a date format looks like, and what it says. */
const tokens: Readonly<Record<string, readonly [pattern: string, read: Read]>> = {
  YYYY: ['\\d{4}', number('year')],
  YY: ['\\d\\d', number('year', 2000)],
  MMMM: ['[A-Z][a-z]+', monthName],
  MMM: ['[A-Z][a-z]{2}', monthName],
  MM: ['\\d\\d', number('month')],
  M: ['\\d{1,2}', number('month')],
  DD: ['\\d\\d', number('day')],
  D: ['\\d{1,2}', number('day')],
  dddd: ['[A-Z][a-z]+', nothing],
  ddd: ['[A-Z][a-z]{2}', nothing],
  dd: ['[A-Z][a-z]', nothing],
  d: ['\\d', nothing],
  HH: ['\\d\\d', number('hour')],
  H: ['\\d{1,2}', number('hour')],
  hh: ['\\d\\d', number('hour')],
  h: ['\\d{1,2}', number('hour')],
  mm: ['\\d\\d', number('minute')],
  m: ['\\d{1,2}', number('minute')],
  ss: ['\\d\\d', number('second')],
  s: ['\\d{1,2}', number('second')],
  SSS: ['\\d{3}', number('ms')],
  ZZ: ['[+-]\\d{4}', offset],
  Z: ['[+-]\\d\\d:\\d\\d', offset],
  A: ['AM|PM', half],
  a: ['am|pm', half],
  X: ['\\d+', epoch(1000)],
  x: ['\\d+', epoch(1)],
};

/** Reads a date format once and gives back the function that finds the time (ms since the epoch) at the beginning of a line; null: none. */
export function compileDateReader(format: string): (line: string) => number | null {
  const reads: Read[] = [];
  let pattern = '^';
  let end = 0;
  for (const match of format.matchAll(DATE_PIECE)) {
    pattern += literally(format.slice(end, match.index));
    end = match.index + match[0].length;
    const token = tokens[match[0]];
    if (token) reads.push(token[1]);
    pattern += token ? `(${token[0]})` : literally(match[1] ?? match[0]);
  }
  const regex = new RegExp(pattern + literally(format.slice(end)));
  return (line) => {
    const match = regex.exec(line);
    if (!match) return null;
    const parts: DateParts = {};
    for (const [at, read] of reads.entries()) read(parts, match[at + 1] ?? '');
    return timeOfParts(parts);
  };
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Minutes of `+05:30` or `+0530`. */
export function readOffset(text: string): number {
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith('-') ? -minutes : minutes;
}

/** Ms since the epoch, in local time where no offset is said; null: it does not say the day. */
export function timeOfParts({ year, month, day, isAfternoon, offsetMinutes, at, ...time }: DateParts): number | null {
  if (at !== undefined) return at;
  if (year === undefined || month === undefined || day === undefined) return null;
  const { hour = 0, minute = 0, second = 0, ms = 0 } = time;
  const hours = isAfternoon === undefined ? hour : (hour % 12) + (isAfternoon ? 12 : 0);
  if (offsetMinutes === undefined) return new Date(year, month - 1, day, hours, minute, second, ms).getTime();
  return Date.UTC(year, month - 1, day, hours, minute, second, ms) - offsetMinutes * 60_000;
}
