import { compileDateFormat } from '../../shared/date-format.ts';
import { isoTime } from '../../shared/iso-time.ts';
import { jsonLines } from '../../shared/json-line.ts';
import type { LogIdentity, LogStream } from './log-identity.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Makes lines as the app wrote them into lines as they stand in the file. */
export interface LineFormat {
  apply(lines: readonly Buffer[], at: number): readonly Buffer[];
  /** Whether a line may be written in parts: nothing is put around it. */
  readonly goesOn: boolean;
}

/** A line that nobody has ended gets a newline, unless it goes on. */
const LINE_END = Buffer.from('\n');

/** The form an app asked for. Lines that need no date and no JSON pass through untouched. */
export function lineFormat(identity: LogIdentity, pid: number, stream: LogStream): LineFormat {
  const date = identity.dateFormat === null ? null : compileDateFormat(identity.dateFormat);
  if (identity.type === 'json') return jsonFormat(jsonLines({ ...identity, pid, stream }, date));
  if (date !== null) return datedLines(date);
  return { apply: (lines) => lines, goesOn: true };
}

/** A line of our own in a log, in the form of the lines around it. */
export function noticeLine({ type, dateFormat }: LogIdentity, text: string, at: number): Buffer {
  const date = type === 'json' || dateFormat === null ? '' : `${compileDateFormat(dateFormat)(at)}: `;
  if (type === 'raw') return Buffer.from(`${date}[pm] ${text}\n`);
  const ts = isoTime(at);
  const notice = { message: text, timestamp: ts, type: 'pm', process_id: null, app_name: 'pm', ts, msg: text };
  return Buffer.from(`${JSON.stringify(notice)}\n`);
}

function datedLines(date: (at: number) => string): LineFormat {
  const apply: LineFormat['apply'] = (lines, at) => {
    const prefix = Buffer.from(`${date(at)}: `);
    const out: Buffer[] = [];
    eachLine(lines, (line) => out.push(prefix, line, LINE_END));
    return [Buffer.concat(out)];
  };
  return { apply, goesOn: false };
}

function jsonFormat(toJson: (text: string, at: number) => string): LineFormat {
  const apply: LineFormat['apply'] = (lines, at) => {
    let out = '';
    eachLine(lines, (line) => {
      // Without the end of a Windows line.
      out += toJson(line.toString('utf8', 0, line.at(-1) === RETURN ? line.length - 1 : line.length), at);
    });
    return [Buffer.from(out)];
  };
  return { apply, goesOn: false };
}

/** Each line without its newline. */
function eachLine(lines: readonly Buffer[], visit: (line: Buffer) => void): void {
  const [only] = lines;
  const bytes = lines.length === 1 && only ? only : Buffer.concat(lines);
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    visit(bytes.subarray(start, end));
    start = end + 1;
  }
}
