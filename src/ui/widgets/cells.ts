import type { Widgets } from 'blessed';
import type { Look } from '../palette.ts';

/** One cell of blessed's screen: attributes packed into a number, and a character with its combining marks. */
export type Cell = [attributes: number, char: string];

/** A line of blessed's screen buffer. */
export type CellLine = Cell[] & { dirty: boolean };

/**
 * The buffer that blessed 0.1.81 compares with what the terminal shows (widgets/screen.js, `alloc` and `draw`). It is public
 * there, and absent in the type declarations. Written to directly: blessed's own parsing of content has the character widths
 * of 2013, and treats escape sequences and braces in it as markup.
 */
export const cellsOf = (screen: Widgets.Screen): CellLine[] => (screen as unknown as { lines: CellLine[] }).lines; // see above

const DEFAULT_COLOR = 0x1ff;
const BOLD = 1;
const INVERSE = 8;

/** Attributes as blessed packs them: flags, foreground, background, nine bits each. */
export const packLook = ({ fg, bg, bold, inverse }: Look): number =>
  (((bold ? BOLD : 0) | (inverse ? INVERSE : 0)) << 18) | ((fg ?? DEFAULT_COLOR) << 9) | (bg ?? DEFAULT_COLOR);
