import type { Tone } from './styled-text.ts';

/** How a cell looks: colors of the 256-color table (null: the terminal's own), and emphasis. */
export interface Look {
  readonly fg: number | null;
  readonly bg: number | null;
  readonly bold: boolean;
  readonly inverse: boolean;
}

/** What marks a line: the selected one of the pane that has the focus, or of one that has not. */
export type Mark = 'none' | 'selected' | 'remembered';

/** Gives each tone its look. Colors are chosen to be readable on black and on white. */
export type Palette = (tone: Tone, mark: Mark) => Look;

const look = (fg: number | null, { bg = null, bold = false }: { bg?: number | null; bold?: boolean } = {}): Look => ({
  fg,
  bg,
  bold,
  inverse: false,
});

const TONES: Readonly<Record<Tone, Look>> = {
  plain: look(null),
  strong: look(null, { bold: true }),
  faint: look(245),
  accent: look(33, { bold: true }),
  good: look(2),
  busy: look(172),
  bad: look(160, { bold: true }),
  cpu: look(37),
  memory: look(133),
  bar: look(250, { bg: 236 }),
  barStrong: look(15, { bg: 236, bold: true }),
  barBad: look(210, { bg: 236, bold: true }),
  alert: look(15, { bg: 160, bold: true }),
};

const SELECTED_BG = { selected: 25, remembered: 240 };
/** Tones that keep a color of their own on the selected line. */
const ON_SELECTED: Partial<Record<Tone, number>> = { good: 157, busy: 222, bad: 217, cpu: 159 };

export const inColor: Palette = (tone, mark) => {
  if (mark === 'none') return TONES[tone];
  return { ...TONES[tone], fg: ON_SELECTED[tone] ?? 15, bg: SELECTED_BG[mark] };
};

/** Without colors: bold and inverse only. */
export const withoutColor: Palette = (tone, mark) => {
  const bar = tone === 'alert' || tone.startsWith('bar');
  return { fg: null, bg: null, bold: TONES[tone].bold || mark === 'remembered', inverse: bar || mark === 'selected' };
};
