import { clean } from '../clean-text.ts';
import type { Model } from '../model.ts';
import { type Line, type Span, span, spread } from '../styled-text.ts';
import { clipStart, widthOf } from '../text-width.ts';

/** The last line: the keys, or the question that waits for one. */
export function barLine(model: Model, width: number): Line {
  return spread(barText(model, width), [], {
    width,
    gap: span(' ', model.prompt.kind === 'consent' ? 'alert' : 'bar'),
  });
}

function barText({ prompt, filter, focus }: Model, width: number): Span[] {
  switch (prompt.kind) {
    case 'consent':
      return [span(` ${clipStart(prompt.question, width - 11)} `, 'alert'), span(' y/n ', 'alert')];
    case 'filter':
      return [
        span(' filter by name: ', 'bar'),
        span(`${clean(filter)}▏`, 'barStrong'),
        span('  Enter keeps, Esc undoes', 'bar'),
      ];
    case 'help':
      return [span(' any key closes this ', 'bar')];
    case 'none':
      return keysThatFit(focus === 'list' ? LIST_KEYS : LOG_KEYS, width, filter);
  }
}

type Hint = readonly [key: string, effect: string];

/** In the order in which they are left out, last first; shown in this order too. */
const LIST_KEYS: readonly Hint[] = [
  ['?', 'help'],
  ['q', 'quit'],
  ['r', 'restart'],
  ['l', 'reload'],
  ['s', 'stop'],
  ['+-', 'scale'],
  ['/', 'filter'],
  ['Tab', 'logs'],
  ['↑↓', 'select'],
];

const LOG_KEYS: readonly Hint[] = [
  ['?', 'help'],
  ['q', 'quit'],
  ['↑↓', 'scroll'],
  ['PgUp', 'page'],
  ['g', 'oldest'],
  ['End', 'follow'],
  ['Tab', 'list'],
];

function keysThatFit(hints: readonly Hint[], width: number, filter: string): Span[] {
  const spans = filter === '' ? [span(' ', 'bar')] : [span(` name contains ${clean(filter)}  `, 'barStrong')];
  let room = width - spans.reduce((sum, { text }) => sum + widthOf(text), 0);
  for (const [key, effect] of hints) {
    room -= widthOf(key) + effect.length + 3;
    if (room < -2) break;
    spans.push(span(key, 'barStrong'), span(` ${effect}  `, 'bar'));
  }
  return spans;
}
