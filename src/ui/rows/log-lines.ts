import { clean } from '../clean-text.ts';
import { selectedRow } from '../list-rows.ts';
import { linesAbove } from '../log-buffer.ts';
import type { Model } from '../model.ts';
import type { LogLine } from '../source.ts';
import { type Line, rule, type Span, span } from '../styled-text.ts';
import { wrap } from '../text-width.ts';

/** The logs of the selected row: a heading, and below it the newest lines, long ones wrapped. */
export function logLines(model: Model, { width, height }: { width: number; height: number }): Line[] {
  const { shown, below } = linesAbove(model.logs);
  const focused = model.focus === 'logs';
  const heading = rule([span('logs', focused ? 'accent' : 'strong'), ...aboutLogs(model)], sayPlace(below, focused), {
    width,
    focused,
  });
  const room = Math.max(0, height - 1);
  if (shown.length === 0) return [heading, [span(' no lines yet', 'faint')]].slice(0, height);
  const named = (selectedRow(model)?.app.workers.length ?? 0) > 1 && !selectedRow(model)?.worker;
  const lines: Line[] = [];
  for (let index = shown.length - 1; index >= 0 && lines.length < room; index -= 1) {
    const line = shown[index];
    if (line) lines.unshift(...wrapLine(line, { width, named }));
  }
  return [heading, ...lines.slice(-room)].slice(0, height);
}

function aboutLogs(model: Model): Span[] {
  const row = selectedRow(model);
  if (!row) return [];
  if (row.worker) return [span(`  ${clean(row.app.spec.name)} worker ${row.worker.pmId}`, 'faint')];
  return [span(`  ${clean(row.app.spec.name)}, all workers`, 'faint')];
}

function sayPlace(below: number, focused: boolean): Span[] {
  if (below > 0) return [span(`${below} newer below, End follows`, 'busy')];
  return focused ? [span('following', 'accent')] : [];
}

/** Longest part of a line that is shown: a line without end must not fill the screen for ever. */
const MOST_CHARACTERS = 2_000;

function wrapLine({ pmId, stream, text }: LogLine, { width, named }: { width: number; named: boolean }): Line[] {
  const mark = stream === 'err' ? span('┃', 'bad') : span('│', 'faint');
  const label = named ? String(pmId).padStart(3) : '';
  const room = Math.max(2, width - label.length - 2);
  const cut = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return wrap(clean(cut), room).map((piece, index) => [
    span(index === 0 ? label : ' '.repeat(label.length), 'faint'),
    mark,
    span(` ${piece}`),
  ]);
}
