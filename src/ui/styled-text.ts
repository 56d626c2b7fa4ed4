import { clip, widthOf } from './text-width.ts';

/** What a piece of text means. The palette gives each tone its color. */
export type Tone =
  | 'plain'
  | 'strong'
  | 'faint'
  | 'accent'
  | 'good'
  | 'busy'
  | 'bad'
  | 'cpu'
  | 'memory'
  | 'bar'
  | 'barStrong'
  | 'barBad'
  | 'alert';

/** A piece of text of one tone. Its text is clean (clean-text.ts). */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One line of the screen, from left to right. */
export type Line = readonly Span[];

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone });

/** The text of a line without its tones. */
export const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/** The line in at most `width` columns. */
export function clipLine(line: Line, width: number): Line {
  const clipped: Span[] = [];
  let room = width;
  for (const { text, tone } of line) {
    if (room <= 0) break;
    const fitting = clip(text, room);
    clipped.push({ text: fitting, tone });
    room -= widthOf(fitting);
  }
  return clipped;
}

/** Exactly `width` columns: one part at the left, one at the right, which is left out when both do not fit. */
export function spread(left: Line, right: Line, { width, gap }: { width: number; gap: Span }): Line {
  const leftWidth = widthOf(textOf(left));
  const rightWidth = widthOf(textOf(right));
  const fill = (columns: number): Span => ({ ...gap, text: gap.text.repeat(Math.max(0, columns)) });
  if (leftWidth + rightWidth < width) return [...left, fill(width - leftWidth - rightWidth), ...right];
  return [...clipLine(left, width), fill(width - leftWidth)];
}

/** A line across the screen that begins a pane: `── title ───────── note ──`. */
export function rule(title: Line, note: Line, { width, focused }: { width: number; focused: boolean }): Line {
  const stroke = span('─', focused ? 'accent' : 'faint');
  const end = { ...stroke, text: '──' };
  const noted = note.length > 0 ? [span(' '), ...note, span(' '), end] : [];
  return spread([end, span(' '), ...title, span(' ')], noted, { width, gap: stroke });
}

/** Lines in a frame of `width` columns. */
export function frame(lines: readonly Line[], width: number): Line[] {
  const inner = Math.max(0, width - 2);
  const edge = (left: string, right: string): Line => [span(left + '─'.repeat(inner) + right, 'accent')];
  const side = span('│', 'accent');
  return [
    edge('┌', '┐'),
    ...lines.map((line) => [side, ...spread(line, [], { width: inner, gap: span(' ') }), side]),
    edge('└', '┘'),
  ];
}
