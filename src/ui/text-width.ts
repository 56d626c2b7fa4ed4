/** Columns that a character (the first of the text) takes on the screen: 0 for a combining mark, 2 for East Asian wide characters and pictures. */
export function charWidth(char: string): 0 | 1 | 2 {
  if (char < '\u0300' || (char >= '\u2100' && char < '\u2300')) return 1; // letters, arrows, signs: most of what is shown
  if (COMBINING.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

const COMBINING = /^\p{Mn}/u;
/** Unicode Standard Annex 11: East_Asian_Width W and F, in ranges. */
const WIDE =
  /^[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{4dbf}\u{4e00}-\u{a4cf}\u{a960}-\u{a97f}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;

/** Characters with the combining marks that belong to them: two at most, more would be drawn over the lines above. */
export function clustersOf(text: string): Iterable<string> {
  if (!ANY_COMBINING.test(text)) return text;
  return Array.from(text.matchAll(/(.\p{Mn}{0,2})\p{Mn}*/gsu), ([, cluster = '']) => cluster);
}

const ANY_COMBINING = /\p{Mn}/u;

export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** The text in at most `width` columns; what does not fit ends in "…". */
export function clip(text: string, width: number): string {
  if (text.length * 2 <= width || widthOf(text) <= width) return text;
  return width < 1 ? '' : `${cut(text, width - 1)}…`;
}

/** The end of the text in at most `width` columns; what does not fit begins with "…". For paths. */
export function clipStart(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 1) return '';
  let kept = '';
  for (const char of [...text].reverse()) {
    if (widthOf(char + kept) > width - 1) break;
    kept = char + kept;
  }
  return `…${kept}`;
}

/** The text in exactly `width` columns. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const clipped = clip(text, width);
  const space = ' '.repeat(Math.max(0, width - widthOf(clipped)));
  return side === 'left' ? clipped + space : space + clipped;
}

/** The text in pieces of at most `width` columns (2 or more), at spaces where there are some. At least one piece. */
export function wrap(text: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length * 2 > width && widthOf(rest) > width) {
    const head = cut(rest, width);
    const space = rest.startsWith(' ', head.length) ? head.length : head.lastIndexOf(' ');
    const end = space > head.length / 2 ? space : head.length;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^ /, '');
  }
  return [...pieces, rest];
}

/** As many characters as fit into `width` columns. */
function cut(text: string, width: number): string {
  let end = 0;
  let columns = 0;
  for (const char of text) {
    columns += charWidth(char);
    if (columns > width) break;
    end += char.length;
  }
  return text.slice(0, end);
}
