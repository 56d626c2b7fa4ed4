import { compileDateFormat } from '../../shared/date-format.ts';
import type { Paint } from '../output/paint.ts';
import { timeOfLine } from './line-time.ts';
import type { LogLine } from './log-line.ts';
import { terminalSafe } from './terminal-safe.ts';

/** How lines are printed: PM2's forms. */
export type LineForm =
  | { readonly kind: 'labelled'; readonly timestamp: string | null; readonly highlight: string | null }
  | { readonly kind: 'raw' }
  | { readonly kind: 'json' }
  | { readonly kind: 'fields' };

const LABEL_WIDTH = 10;

/** Makes a line of a log into what is printed, with its newline. Labels are as wide as the longest seen so far. */
export function linePrinter(form: LineForm, at: { paint: Paint; terminal: boolean }): (line: LogLine) => string {
  if (form.kind === 'raw') return ({ text }) => `${text}\n`;
  if (form.kind === 'json') return jsonLine;
  if (form.kind === 'fields') return fieldsLine;
  return labelled(form, at);
}

function labelled(
  { timestamp, highlight }: { timestamp: string | null; highlight: string | null },
  { paint, terminal }: { paint: Paint; terminal: boolean },
): (line: LogLine) => string {
  const date = timestamp === null ? null : compileDateFormat(timestamp);
  const safe = terminal ? terminalSafe : (text: string) => text;
  let width = LABEL_WIDTH;
  return ({ source, text, at }) => {
    const label = safe(labelOf(source));
    width = Math.max(width, label.length);
    const color = source.app === DAEMON_LABEL ? paint.blue : source.stream === 'out' ? paint.green : paint.red;
    const when = date && at !== null ? `${paint.dim(date(at))} ` : '';
    return `${when}${color(`${label.padEnd(width)} |`)} ${marked(safe(text), highlight, paint)}\n`;
  };
}

/** What the daemon is called among the apps, as in PM2. */
export const DAEMON_LABEL = 'PM2';

const labelOf = ({ pmId, app }: LogLine['source']): string => (pmId === null ? app : `${pmId}|${app}`);

function marked(text: string, word: string | null, paint: Paint): string {
  const at = word ? text.indexOf(word) : -1;
  if (!word || at === -1) return text;
  return `${text.slice(0, at)}${paint.bold(paint.yellow(word))}${text.slice(at + word.length)}`;
}

function jsonLine({ source, text, at }: LogLine): string {
  const written = at ?? timeOfLine(text);
  const timestamp = written === null ? null : new Date(written).toISOString();
  const line = { message: text, timestamp, type: source.stream, process_id: source.pmId, app_name: source.app };
  return `${JSON.stringify(line)}\n`;
}

function fieldsLine({ source, text, at }: LogLine): string {
  const type = source.stream === 'out' ? 'out' : 'error';
  const written = at ?? timeOfLine(text);
  const when = written === null ? '' : `timestamp=${FIELDS_DATE(written)} `;
  return `${when}app=${source.app} id=${source.pmId ?? ''} type=${type} message=${text}\n`;
}

const FIELDS_DATE = compileDateFormat('YYYY-MM-DD-HH:mm:ssZ');
