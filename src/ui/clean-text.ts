/**
 * Text from outside (names, paths, log lines) made harmless for a screen of cells: no escape sequence, no control or
 * invisible character, nothing whose width terminals disagree on. Tabs become spaces up to the next column of eight.
 */
export function clean(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  let cleaned = '';
  let column = 0;
  for (const char of text.replace(ESCAPE_SEQUENCES, '').normalize('NFC')) {
    const shown = char === '\t' ? ' '.repeat(TAB_COLUMNS - (column % TAB_COLUMNS)) : cleanChar(char);
    cleaned += shown;
    column += shown.length;
  }
  return cleaned;
}

const TAB_COLUMNS = 8;
const PRINTABLE_ASCII = /^[ -~]*$/;

/** CSI, OSC (up to BEL or ST) and the other string sequences, then two-byte escapes (ECMA-48, sections 5.4 and 5.6). */
const ESCAPE_SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;

/** Format characters and marks that enclose or select a presentation: terminals disagree on their width. */
const DROPPED = /^(?:[\p{Cf}\p{Me}\r\n]|\p{Variation_Selector}|\p{Emoji_Modifier})$/u;
/** Unassigned, private, lone surrogates, controls; Hangul parts that did not compose; pictures newer than most width tables. */
const REPLACED = /^[\p{C}\p{Zl}\p{Zp}\u{1160}-\u{11ff}\u{d7b0}-\u{d7ff}\u{1fa70}-\u{1faff}]$/u;
const FLAG_LETTER_A = 0x1f1e6;

function cleanChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code >= FLAG_LETTER_A && code < FLAG_LETTER_A + 26) return String.fromCharCode(65 + code - FLAG_LETTER_A);
  if (DROPPED.test(char)) return '';
  if (REPLACED.test(char)) return code < 0x20 || code === 0x7f ? '·' : '□';
  return char;
}
