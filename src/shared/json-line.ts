import { isoTime } from './iso-time.ts';
/** Whose lines they are. */
export interface LineOwner {
  readonly app: string;
  readonly pmId: number;
  readonly slot: number;
  readonly pid: number;
  readonly stream: 'out' | 'err';
}

/** Makes the lines of one stream into JSON objects, each with its newline: the fields of PM2, then ours. */
export function jsonLines(
  { app, pmId, slot, pid, stream }: LineOwner,
  date: ((at: number) => string) | null = null,
): (text: string, at: number) => string {
  let seq = 0;
  let stampedAt = Number.NaN;
  let ts = '';
  let timestamp = '';
  const constant = JSON.stringify({ type: stream, process_id: pmId, app_name: app, app, slot, pid, stream }).slice(
    1,
    -1,
  );
  return (text, at) => {
    if (at !== stampedAt) {
      // Lines come many at a time.
      stampedAt = at;
      ts = isoTime(at);
      timestamp = JSON.stringify(date === null ? ts : date(at));
    }
    const quoted = JSON.stringify(text);
    seq += 1;
    return `{"message":${quoted},"timestamp":${timestamp},${constant},"ts":"${ts}","seq":${seq},"msg":${quoted}}\n`;
  };
}
