import { type Line, span } from '../styled-text.ts';

/** The help overlay, without its frame. */
export function helpLines(): Line[] {
  return KEYS.map(([keys, effect]) =>
    effect === '' ? [span(keys, 'strong')] : [span(`  ${keys.padEnd(KEY_COLUMNS)}`, 'accent'), span(effect)],
  );
}

const KEY_COLUMNS = 11;

const KEYS: readonly (readonly [keys: string, effect: string])[] = [
  ['Selected app or worker', ''],
  ['l  R', 'reload, no request is lost'],
  ['r', 'restart, or start (asks)'],
  ['s', 'stop (asks)'],
  ['+  -', 'one worker more, one less (asks)'],
  ['List', ''],
  ['↑ ↓  j k', 'select; g G first, last'],
  ['Space', 'fold or unfold the workers'],
  ['/', 'filter by name; Esc shows all'],
  ['Tab', 'logs and back'],
  ['Logs', ''],
  ['↑ ↓  PgUp', 'scroll; g oldest, End follow'],
  ['┃', 'a line of stderr'],
  ['Anywhere', ''],
  ['q Esc ^C', 'leave; the apps go on'],
  ['^L', 'draw again'],
];

/** Columns that the longest line takes. */
export const HELP_COLUMNS = Math.max(...KEYS.map(([, effect]) => 2 + KEY_COLUMNS + effect.length));
