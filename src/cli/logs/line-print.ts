import { compileDateFormat } from '../../shared/date-format.ts';
import type { Paint } from '../output/paint.ts';
import { betweenColors, terminalSafe, terminalSafeJson } from '../output/terminal-safe.ts';
import { timeReader } from './line-time.ts';
import type { LogLine } from './log-line.ts';

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
  if (form.kind === 'fields') return fieldsLine(at.terminal ? terminalSafe : asIs);
  return labelled(form, at);
}

function labelled(
  { timestamp, highlight }: { timestamp: string | null; highlight: string | null },
  { paint, terminal }: { paint: Paint; terminal: boolean },
): (line: LogLine) => string {
  const date = timestamp === null ? null : compileDateFormat(timestamp);
  const safe = terminal ? terminalSafe : asIs;
  const colorOf = appColors(paint);
  let width = LABEL_WIDTH;
  return ({ source, text, at }) => {
    const label = safe(labelOf(source));
    width = Math.max(width, label.length);
    const color = colorOf(source.app);
    const bar = source.stream === 'out' ? color : paint.red;
    const when = date && at !== null ? `${paint.dim(date(at))} ` : '';
    return `${when}${color(label.padEnd(width))} ${bar('|')} ${marked(safe(text), highlight, paint)}\n`;
  };
}

/** A color for each app, in the order in which they are first seen; red is for stderr, and blue for the daemon. */
function appColors(paint: Paint): (app: string) => Paint['green'] {
  const palette = [paint.green, paint.cyan, paint.magenta, paint.yellow];
  const given = new Map([[DAEMON_LABEL, paint.blue]]);
  return (app) => {
    const color = given.get(app) ?? palette[(given.size - 1) % palette.length] ?? paint.green;
    given.set(app, color);
    return color;
  };
}

/** What the daemon is called among the apps, as in PM2. */
export const DAEMON_LABEL = 'PM2';

const asIs = (text: string): string => text;

const labelOf = ({ pmId, app }: LogLine['source']): string => (pmId === null ? app : `${pmId}|${app}`);

function marked(text: string, word: string | null, paint: Paint): string {
  if (!word) return text;
  return betweenColors(text, (piece) => piece.replaceAll(word, () => paint.bold(paint.yellow(word))));
}

function jsonLine({ source, text, at }: LogLine): string {
  const written = at ?? timeReader(source.dateFormat)(text);
  const timestamp = written === null ? null : new Date(written).toISOString();
  const line = { message: text, timestamp, type: source.stream, process_id: source.pmId, app_name: source.app };
  return `${terminalSafeJson(JSON.stringify(line))}\n`;
}

const fieldsLine =
  (safe: (text: string) => string) =>
  ({ source, text, at }: LogLine): string => {
    const type = source.stream === 'out' ? 'out' : 'error';
    const written = at ?? timeReader(source.dateFormat)(text);
    const when = written === null ? '' : `timestamp=${FIELDS_DATE(written)} `;
    return `${when}app=${safe(source.app)} id=${source.pmId ?? ''} type=${type} message=${safe(text)}\n`;
  };

const FIELDS_DATE = compileDateFormat('YYYY-MM-DD-HH:mm:ssZ');
