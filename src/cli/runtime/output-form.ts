import { LineSplitter } from '../../logs-reader/line-splitter.ts';
import { jsonLines, type LineOwner } from '../../shared/json-line.ts';
import type { Options, Session } from '../command.ts';
import { type LineForm, linePrinter } from '../logs/line-print.ts';
import type { OutputFeed } from './output-server.ts';
import type { OutputStream } from './output-stream.ts';
import { RawMerge } from './raw-merge.ts';

type Streams = Readonly<Record<'out' | 'err', OutputStream>>;

/** How `pm runtime` was asked to show the output of workers. */
export function formOf({ json, format, formatted }: Options): LineForm {
  if (json) return { kind: 'json' };
  if (format) return { kind: 'fields' };
  return formatted ? { kind: 'labelled', timestamp: null, highlight: null } : { kind: 'raw' };
}

/** What takes the pipes of workers. Raw, stdout goes to stdout and stderr to stderr; other forms name the stream in each line of stdout. */
export function outputFeeds(
  form: LineForm,
  { out, err }: Streams,
  { paint, columns }: Session['out'],
): (owner: LineOwner) => OutputFeed {
  if (form.kind === 'raw') {
    const merges = { out: new RawMerge(out), err: new RawMerge(err) };
    return ({ stream }) => merges[stream].open();
  }
  if (form.kind === 'json') return (owner) => lineFeed(jsonLines(owner), out);
  const print = linePrinter(form, { paint, terminal: columns !== undefined });
  return ({ app, pmId, stream }) =>
    lineFeed((text, at) => print({ source: { path: '', app, pmId, stream, dateFormat: null }, text, at }), out);
}

function lineFeed(print: (text: string, at: number) => string, stream: OutputStream): OutputFeed {
  const splitter = new LineSplitter();
  const show = (lines: readonly string[]) => {
    const at = Date.now();
    return lines.length === 0 ? null : stream.write(lines.map((line) => print(line, at)).join(''));
  };
  return { push: (chunk) => show(splitter.push(chunk)), end: () => void show(splitter.finish()) };
}
