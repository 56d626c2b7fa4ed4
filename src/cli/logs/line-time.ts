import { compileDateReader, readOffset, timeOfParts } from './date-reader.ts';

/** The beginning of a line, within which a time is looked for. */
const HEAD_CHARS = 400;

/** Date and time at the beginning, as ISO 8601 and most log libraries write them; without a zone it is local. */
const LEADING =
  /^[^\w\n]?(\d{4})[-/](\d\d)[-/](\d\d)[T _-](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?/;
/** A field of a JSON line that holds one, as `log_type: json`, pino, winston and bunyan write it. */
const FIELD = /"(?:ts|timestamp|time|@timestamp)":\s*(?:"([^"]+)"|(\d{13})\b)/;

const readers = new Map<string, (line: string) => number | null>();

/** Finds the times of lines that may begin with a date of that format (`log_date_format`), or say it in another way. */
export function timeReader(dateFormat: string | null): (line: string) => number | null {
  if (dateFormat === null) return timeOfLine;
  const reader = readers.get(dateFormat) ?? readerFor(dateFormat);
  readers.set(dateFormat, reader);
  return reader;
}

function readerFor(dateFormat: string): (line: string) => number | null {
  const inFormat = compileDateReader(dateFormat);
  return (line) => inFormat(line) ?? timeOfLine(line);
}

/** When a line says it was written, ms since the epoch; null: it does not say. */
export function timeOfLine(line: string): number | null {
  const head = line.slice(0, HEAD_CHARS);
  const leading = LEADING.exec(head);
  if (leading) return timeOfMatch(leading);
  const field = head.startsWith('{') ? FIELD.exec(line) : null;
  if (!field) return null;
  if (field[2] !== undefined) return Number(field[2]);
  const inside = LEADING.exec(field[1] ?? '');
  return inside && timeOfMatch(inside);
}

function timeOfMatch([, year, month, day, hour, minute, second = '0', fraction = '0', zone]: RegExpExecArray) {
  return timeOfParts({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    ms: Number(`0.${fraction}`) * 1000,
    ...(zone === undefined ? {} : { offsetMinutes: zone === 'Z' ? 0 : readOffset(zone) }),
  });
}
