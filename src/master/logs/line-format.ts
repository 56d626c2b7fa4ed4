import { compileDateFormat } from '../../shared/date-format.ts';
import type { LogIdentity, LogStream } from './log-identity.ts';

const NEWLINE = 0x0a;

/** Makes whole lines as the app wrote them into whole lines as they stand in the file. */
export type LineFormat = (lines: readonly Buffer[], at: number) => readonly Buffer[];

/** The form an app asked for. Lines that need no date and no JSON pass through untouched. */
export function lineFormat(identity: LogIdentity, pid: number, stream: LogStream): LineFormat {
  const date = identity.dateFormat === null ? null : compileDateFormat(identity.dateFormat);
  if (identity.type === 'json') return jsonLines(identity, pid, stream, date);
  if (date !== null) return datedLines(date);
  return (lines) => lines;
}

/** A line of our own in a log, in the form of the lines around it. */
export function noticeLine(type: LogIdentity['type'], text: string, at: number): Buffer {
  if (type === 'raw') return Buffer.from(`[pm] ${text}\n`);
  const ts = new Date(at).toISOString();
  const notice = { message: text, timestamp: ts, type: 'pm', process_id: null, app_name: 'pm', ts, msg: text };
  return Buffer.from(`${JSON.stringify(notice)}\n`);
}

function datedLines(date: (at: number) => string): LineFormat {
  return (lines, at) => {
    const prefix = Buffer.from(`${date(at)}: `);
    const out: Buffer[] = [];
    eachLine(lines, (line) => out.push(prefix, line));
    return [Buffer.concat(out)];
  };
}

function jsonLines(
  identity: LogIdentity,
  pid: number,
  stream: LogStream,
  date: ((at: number) => string) | null,
): LineFormat {
  let seq = 0;
  const constant = JSON.stringify({
    type: stream,
    process_id: identity.pmId,
    app_name: identity.app,
    app: identity.app,
    slot: identity.slot,
    pid,
    stream,
  }).slice(1, -1);
  return (lines, at) => {
    const ts = new Date(at).toISOString();
    const timestamp = JSON.stringify(date === null ? ts : date(at));
    let out = '';
    eachLine(lines, (line) => {
      const text = JSON.stringify(line.toString('utf8', 0, line.length - 1));
      seq += 1;
      out += `{"message":${text},"timestamp":${timestamp},${constant},"ts":"${ts}","seq":${seq},"msg":${text}}\n`;
    });
    return [Buffer.from(out)];
  };
}

/** Each line with its newline. */
function eachLine(lines: readonly Buffer[], visit: (line: Buffer) => void): void {
  const [only] = lines;
  const bytes = lines.length === 1 && only ? only : Buffer.concat(lines);
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    visit(bytes.subarray(start, end));
    start = end;
  }
}
