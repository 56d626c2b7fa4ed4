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
  | 'key'
  | 'alert';

/** A piece of text of one tone. Its text is clean (clean-text.ts). */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
  /** Foreground and background swapped, for the selected row. */
  readonly inverse?: boolean;
}

/** One line of the screen, from left to right. */
export type Line = readonly Span[];

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone });

/** The text of a line without its tones. */
export const textOf = (line: Line): string => line.map(({ text }) => text).join('');
