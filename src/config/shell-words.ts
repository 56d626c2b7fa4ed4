/**
 * Splits a text into words as a shell does: spaces separate, quotes keep together, a backslash takes the next character
 * as it is (inside single quotes it stands for itself). Nothing is expanded. undefined: a quote is not closed.
 */
export function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === quote) {
      quote = '';
    } else if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      word ??= '';
    } else if (quote === '' && WHITE_SPACE.has(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      const escaped = char === '\\' && isEscape(quote, text.charAt(i + 1));
      word = (word ?? '') + (escaped ? text.charAt(++i) : char);
    }
  }
  if (word !== undefined) words.push(word);
  return quote === '' ? words : undefined;
}

const WHITE_SPACE: ReadonlySet<string> = new Set([' ', '\t', '\n', '\r']);

/** Inside double quotes only these lose their meaning by a backslash (POSIX shell, 2.2.3). */
function isEscape(quote: string, next: string): boolean {
  if (next === '' || quote === "'") return false;
  return quote === '' || '$`"\\'.includes(next);
}

/** One word for a POSIX shell that stands for exactly this text. */
export const quoteWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
