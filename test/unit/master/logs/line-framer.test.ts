import { expect, test } from 'vitest';
import { CUT_MARKER, LineFramer, MAX_LINE_BYTES } from '../../../../src/master/logs/line-framer.ts';

const TEXT = Buffer.from('plain\né日本😀\n\nlast é');

/** What comes out of each push, then what is left. */
function frame(chunks: readonly Buffer[]): { blocks: Buffer[]; rest: Buffer } {
  const framer = new LineFramer();
  const blocks = chunks.map((chunk) => Buffer.concat(framer.push(chunk)));
  return { blocks, rest: Buffer.concat(framer.takeUnfinished()) };
}

test('cut at any two bytes, the same lines come out, each block of them whole', () => {
  for (let a = 0; a <= TEXT.length; a++) {
    for (let b = a; b <= TEXT.length; b++) {
      const { blocks, rest } = frame([TEXT.subarray(0, a), TEXT.subarray(a, b), TEXT.subarray(b)]);
      expect(Buffer.concat([...blocks, rest]).equals(TEXT)).toBe(true);
      expect(blocks.every((block) => block.length === 0 || block.at(-1) === 0x0a)).toBe(true);
      expect(rest.toString()).toBe('last é');
    }
  }
});

test('a line that is too long is cut between characters, the same wherever the chunks end, and nothing of it is lost', () => {
  const line = Buffer.from('日'.repeat(MAX_LINE_BYTES)); // 3 MB
  const input = Buffer.concat([Buffer.from('before\n'), line, Buffer.from('\nafter\n')]);
  const inChunksOf = (bytes: number): string => {
    const chunks = Array.from({ length: Math.ceil(input.length / bytes) }, (_, at) =>
      input.subarray(at * bytes, (at + 1) * bytes),
    );
    return Buffer.concat(frame(chunks).blocks).toString();
  };
  const lines = inChunksOf(input.length).split('\n');
  const pieces = lines.slice(1, -2);
  expect(lines[0]).toBe('before');
  expect(lines.at(-2)).toBe('after');
  expect(pieces.length).toBe(4);
  expect(pieces.slice(0, -1).every((piece) => piece.endsWith(CUT_MARKER))).toBe(true);
  expect(pieces.map((piece) => piece.replace(CUT_MARKER, '')).join('')).toBe(line.toString());
  expect(inChunksOf(65_536)).toBe(lines.join('\n'));
  expect(inChunksOf(99_991)).toBe(lines.join('\n'));
});

test('a line of exactly the longest length is left alone', () => {
  const line = Buffer.alloc(MAX_LINE_BYTES + 1, 'x').fill('\n', MAX_LINE_BYTES);
  expect(Buffer.concat(frame([line]).blocks).equals(line)).toBe(true);
});

test('what is shown of a line that may go on ends with a whole character', () => {
  const framer = new LineFramer();
  const shown: Buffer[] = [];
  for (const byte of Buffer.from('é日😀x')) {
    framer.push(Buffer.from([byte]));
    shown.push(...framer.takeSoFar());
  }
  expect(shown.map(String)).toEqual(['é', '日', '😀', 'x']);
  framer.push(Buffer.from([0xfe, 0xff]));
  expect(framer.takeSoFar()).toEqual([Buffer.from([0xfe, 0xff])]);
  framer.push(Buffer.from([0xff, 0xf0, 0x9f]));
  expect(framer.takeSoFar()).toEqual([Buffer.from([0xff])]);
  expect(framer.takeUnfinished()).toEqual([Buffer.from([0xf0, 0x9f])]);
});
