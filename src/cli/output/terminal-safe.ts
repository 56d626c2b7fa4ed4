/**
 * A line as it may go to a terminal: colors are kept, and end with the line; every other control character is shown as text,
 * so that nothing an app writes moves the cursor, renames the window or answers on the keyboard. So are the characters that turn
 * the direction of writing around.
 */
export function terminalSafe(text: string): string {
  if (!DANGEROUS.test(text)) return text;
  let colored = false;
  const safe = text.replace(/\r$/, '').replace(PIECES, (piece) => {
    if (piece.length === 1) return shown(piece);
    colored = true;
    return piece;
  });
  return colored ? `${safe}${RESET}` : safe;
}

const RESET = '\u001b[0m';
/** All of C0 but the tab, DEL, C1, and the overrides of direction (Unicode UAX #9). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const DANGEROUS = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
/** A change of color (SGR of ECMA-48), or a single dangerous character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const PIECES = /\x1b\[[0-9;:]*m|[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/** `^[` for ESC, as `cat -v` shows it. */
function shown(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
  return code === 0x7f ? '^?' : codeOf(char);
}

/** `\u009b`, as in JSON. */
export const codeOf = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
