const FALLBACKS: Readonly<Record<string, string>> = {
  '─': '-',
  '│': '|',
  '┃': '!',
  '┌': '+',
  '┐': '+',
  '└': '+',
  '┘': '+',
  '…': '~',
  '▾': 'v',
  '▸': '>',
  '▏': '_',
  '·': '.',
  '↺': 'R',
  '↑': '^',
  '↓': 'v',
  '✓': '+',
  '✗': 'x',
  '▁': '.',
  '▂': '.',
  '▃': ':',
  '▄': '-',
  '▅': '=',
  '▆': '+',
  '▇': '*',
  '█': '#',
};

/** A character for terminals that know nothing but ASCII. */
export const toAscii = (char: string): string => (char <= '~' ? char : (FALLBACKS[char] ?? '?'));

/**
 * Whether a terminal shows Unicode, as far as its environment tells: it does unless the locale names another character set. No
 * locale at all, as in containers, says nothing about the terminal outside.
 */
export function showsUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return env.TERM !== 'linux' && (locale === undefined || locale === '' || /utf-?8/i.test(locale));
}
