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
/** DEL, C1, and the overrides of direction (Unicode UAX #9), as a class of a pattern. */
const BEYOND_ASCII = '\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069';
/** These, and all of C0 but the tab. */
const DANGEROUS_CLASS = `[\\x00-\\x08\\x0a-\\x1f${BEYOND_ASCII}]`;
/** A change of color: SGR of ECMA-48. */
const COLOR_CHANGE = '\\x1b\\[[0-9;:]*m';

const DANGEROUS = new RegExp(DANGEROUS_CLASS);
const PIECES = new RegExp(`${COLOR_CHANGE}|${DANGEROUS_CLASS}`, 'g');
const UNQUOTED = new RegExp(`[${BEYOND_ASCII}]`, 'g');
const COLOR_CHANGES = new RegExp(`(${COLOR_CHANGE})`);

/** JSON means the same with what it lets stand as it is, and a terminal acts on, as codes. */
export const terminalSafeJson = (json: string): string => json.replace(UNQUOTED, codeOf);

/** Changes what is between changes of color, which stay whole. */
export const betweenColors = (text: string, change: (piece: string) => string): string =>
  text
    .split(COLOR_CHANGES)
    .map((piece, at) => (at % 2 === 0 ? change(piece) : piece)) // every second is one
    .join('');

/** `^[` for ESC, as `cat -v` shows it. */
function shown(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
  return code === 0x7f ? '^?' : codeOf(char);
}

/** `\u009b`, as in JSON. */
function codeOf(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
