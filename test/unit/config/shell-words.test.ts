import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quoteWord, splitWords } from '../../../src/config/shell-words.ts';

test.each<[string, string[] | undefined]>([
  ['', []],
  ['  a\t b\n', ['a', 'b']],
  [`a"b c"d 'e f'`, ['ab cd', 'e f']],
  [`'it'\\''s' "a\\"b" "a\\b" 'a\\b'`, ["it's", 'a"b', 'a\\b', 'a\\b']],
  [`"" ''`, ['', '']],
  ['end\\', ['end\\']],
  ['"open', undefined],
])('%j', (text, expected) => {
  expect(splitWords(text)).toEqual(expected);
});

test('a quoted word is itself to a shell, and to splitWords', () => {
  for (const word of ['plain', '', 'a b', "it's", '$(id)', '`id`', 'a\\b', '"', 'new\nline', '*']) {
    expect(execFileSync('sh', ['-c', `printf %s ${quoteWord(word)}`]).toString()).toBe(word);
    expect(splitWords(quoteWord(word))).toEqual([word]);
  }
});

test('a long text is split in linear time', () => {
  expect(splitWords('a '.repeat(500_000))).toHaveLength(500_000);
});
