export const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
const hour12 = (date: Date): number => date.getHours() % 12 || 12;

function offset(date: Date, separator: string): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${separator}${pad(size % 60)}`;
}

/** https://day.js.org/docs/en/display/format, and X and x of its AdvancedFormat. All in local time. */
const tokens: Readonly<Record<string, (date: Date) => string>> = {
  YYYY: (date) => pad(date.getFullYear(), 4),
  YY: (date) => pad(date.getFullYear() % 100),
  MMMM: (date) => MONTHS[date.getMonth()] ?? '',
  MMM: (date) => (MONTHS[date.getMonth()] ?? '').slice(0, 3),
  MM: (date) => pad(date.getMonth() + 1),
  M: (date) => String(date.getMonth() + 1),
  DD: (date) => pad(date.getDate()),
  D: (date) => String(date.getDate()),
  dddd: (date) => DAYS[date.getDay()] ?? '',
  ddd: (date) => (DAYS[date.getDay()] ?? '').slice(0, 3),
  dd: (date) => (DAYS[date.getDay()] ?? '').slice(0, 2),
  d: (date) => String(date.getDay()),
  HH: (date) => pad(date.getHours()),
  H: (date) => String(date.getHours()),
  hh: (date) => pad(hour12(date)),
  h: (date) => String(hour12(date)),
  mm: (date) => pad(date.getMinutes()),
  m: (date) => String(date.getMinutes()),
  ss: (date) => pad(date.getSeconds()),
  s: (date) => String(date.getSeconds()),
  SSS: (date) => pad(date.getMilliseconds(), 3),
  ZZ: (date) => offset(date, ''),
  Z: (date) => offset(date, ':'),
  A: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  a: (date) => (date.getHours() < 12 ? 'am' : 'pm'),
  X: (date) => String(Math.floor(date.getTime() / 1000)),
  x: (date) => String(date.getTime()),
};

/** A token, or a text in brackets that is none. */
export const DATE_PIECE = /\[([^\]]*)\]|YYYY|YY|M{1,4}|DD?|d{1,4}|HH?|hh?|mm?|ss?|SSS|ZZ?|A|a|X|x/g;

/** Reads day.js tokens once and gives back the function that writes a time (ms since the epoch) that way. */
export function compileDateFormat(format: string): (at: number) => string {
  const parts: ((date: Date) => string)[] = [];
  let end = 0;
  for (const match of format.matchAll(DATE_PIECE)) {
    const between = format.slice(end, match.index);
    const literal = match[1];
    const token = tokens[match[0]];
    if (between !== '') parts.push(() => between);
    parts.push(token ?? (() => literal ?? match[0]));
    end = match.index + match[0].length;
  }
  const last = format.slice(end);
  if (last !== '') parts.push(() => last);
  return (at) => {
    const date = new Date(at);
    return parts.map((part) => part(date)).join('');
  };
}
