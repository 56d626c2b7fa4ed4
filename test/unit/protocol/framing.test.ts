import { describe, expect, test } from 'vitest';
import { encodeFrame, FrameDecoder } from '../../../src/protocol/framing.ts';

const message = { word: 'é日本', lines: 'a\nb', emoji: '🚀' };

describe('FrameDecoder', () => {
  test('puts a message together wherever it is cut', () => {
    const bytes = Buffer.from(encodeFrame(message));
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const decoder = new FrameDecoder(1000);
      const frames = [decoder.push(bytes.subarray(0, cut)), decoder.push(bytes.subarray(cut))];
      const lines = frames.flatMap((frame) => frame.lines);
      expect(
        lines.map((line) => JSON.parse(line)),
        `cut at byte ${cut}`,
      ).toEqual([message]);
    }
  });

  test('takes one byte at a time, and many messages at once', () => {
    const bytes = Buffer.from(encodeFrame(message).repeat(3));
    const decoder = new FrameDecoder(1000);
    const single = [...bytes].flatMap((byte) => decoder.push(Buffer.from([byte])).lines);
    expect(single).toHaveLength(3);
    expect(decoder.push(bytes).lines).toEqual(single);
  });

  test('gives up on a line over the limit, finished or not, after those before it', () => {
    const limit = 10;
    const exact = new FrameDecoder(limit).push(Buffer.from(`${'x'.repeat(limit)}\n`));
    expect(exact).toEqual({ lines: ['x'.repeat(limit)], tooLarge: false });
    const finished = new FrameDecoder(limit).push(Buffer.from(`ok\n${'x'.repeat(limit + 1)}\nlater\n`));
    expect(finished).toEqual({ lines: ['ok'], tooLarge: true });
    const decoder = new FrameDecoder(limit);
    expect(decoder.push(Buffer.from('x'.repeat(limit)))).toEqual({ lines: [], tooLarge: false });
    expect(decoder.push(Buffer.from('x'))).toEqual({ lines: [], tooLarge: true });
  });
});
