import { describe, expect, test } from 'vitest';
import { showsUnicode, toAscii } from '../../../src/ui/ascii.ts';
import { clean } from '../../../src/ui/clean-text.ts';
import { clip, clipStart, clustersOf, pad, widthOf, wrap } from '../../../src/ui/text-width.ts';

const ESC = '\u001b';

describe('text from outside', () => {
  test.each([
    ['stays as it is', 'plain {bold} text', 'plain {bold} text'],
    ['loses colors', `${ESC}[1;31mred${ESC}[0m`, 'red'],
    ['loses cursor movements', `a${ESC}[2J${ESC}[10;5Hb`, 'ab'],
    ['loses window titles, ended either way', `${ESC}]0;title\u0007a${ESC}]2;x${ESC}\\b`, 'ab'],
    ['loses a title without an end', `${ESC}]0;title`, ''],
    ['loses a sequence that is cut off', `a${ESC}[`, 'a'],
    ['loses a lone escape', `a${ESC}`, 'a'],
    ['loses eight-bit control sequences', 'a\u009b31mb', 'ab'],
    ['shows controls as dots', 'bell\u0007nul\u0000del\u007f', 'bell·nul·del·'],
    ['loses returns', 'progress 50%\rprogress 99%\r', 'progress 50%progress 99%'],
    ['turns tabs into spaces up to the next eighth column', 'ab\tc\t\td', 'ab      c               d'],
    ['loses what turns the direction of writing', 'abc\u202edef\u200b\u2066', 'abcdef'],
    ['loses joiners and skin tones', '👩\u200d💻👍🏽', '👩💻👍'],
    ['spells flags', '🇨🇭', 'CH'],
    ['composes letters with their marks', 'e\u0301', 'é'],
    ['replaces half of a surrogate pair', 'a\ud83db', 'a□b'],
    ['replaces line separators', 'a\u2028b', 'a□b'],
    ['replaces private characters', '\ue0b0', '□'],
  ])('%s', (_, text, expected) => {
    expect(clean(text)).toBe(expected);
  });
});

describe('columns', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['日本', 4],
    ['한국', 4],
    ['ｆｕｌｌ', 8],
    ['ﾊﾝ', 2],
    ['🚀✅', 4],
    ['▁█─…', 4],
    ['ที่', 1],
  ])('%j takes %i', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('%j is clipped to %i', (text, width, expected) => {
    expect(clip(text, width)).toBe(expected);
  });

  test('a path keeps its end', () => {
    expect(clipStart('/srv/apps/api/server.js', 12)).toBe('…i/server.js');
  });

  test('padding counts columns', () => {
    expect(pad('日本', 6)).toBe('日本  ');
    expect(pad('日本', 6, 'right')).toBe('  日本');
    expect(pad('日本', 3)).toBe('日…');
  });

  test.each([
    ['short', 10, ['short']],
    ['', 10, ['']],
    ['one two three', 8, ['one two', 'three']],
    ['abcdefghijkl', 5, ['abcde', 'fghij', 'kl']],
    ['日本語日本語', 5, ['日本', '語日', '本語']],
    ['a verylongwordthatfits', 10, ['a verylong', 'wordthatfi', 'ts']],
  ])('%j is wrapped at %i', (text, width, expected) => {
    expect(wrap(text, width)).toEqual(expected);
  });

  test('marks stay with their letter, two at most', () => {
    expect([...clustersOf(`a\u0335\u0336\u0337\u0338b`)]).toEqual(['a\u0335\u0336', 'b']);
  });
});

describe('a terminal shows Unicode', () => {
  test.each([
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'de_DE.utf8', LC_ALL: '' }, true],
    [{}, true],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, false],
    [{ LANG: 'en_US.ISO-8859-1' }, false],
    [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, false],
  ])('%j: %s', (env, expected) => {
    expect(showsUnicode(env)).toBe(expected);
  });

  test('ASCII stands in where it does not', () => {
    expect([...'▾ api… ─│ ▁█é'].map(toAscii).join('')).toBe('v api~ -| .#?');
  });
});
