import { expect, test } from 'vitest';
import { AmpDecoder, encodeAmp } from '../../../src/pm2-wire/amp.ts';

/** As PM2's client sends it: two arguments, each with its length of four bytes. */
const FRAME = Buffer.from('\x12\x00\x00\x00\x14j:{"type":"methods"}\x00\x00\x00\x07s:123:4', 'latin1');

test('a call is framed as the client of PM2 frames it', () => {
  expect(encodeAmp([{ type: 'methods' }, '123:4'])).toEqual(FRAME);
});

test('messages are found wherever the stream is cut', () => {
  const text = encodeAmp(['log:out', { data: 'é 日本' }]);
  const stream = Buffer.concat([FRAME, text, FRAME]);
  for (let cut = 0; cut <= stream.length; cut++) {
    const decoder = new AmpDecoder();
    const found = [...decoder.push(stream.subarray(0, cut)), ...decoder.push(stream.subarray(cut))];
    const call = [{ type: 'methods' }, '123:4'];
    expect(found).toEqual([call, ['log:out', { data: 'é 日本' }], call]);
  }
});

test.each([
  ['of another protocol', Buffer.from('GET / HTTP/1.1\r\n')],
  ['with an argument without end', Buffer.from([0x11, 0xff, 0xff, 0xff, 0xff])],
  ['with broken JSON', Buffer.from('\x11\x00\x00\x00\x03j:{', 'latin1')],
])('bytes %s are refused', (_, bytes) => {
  expect(() => new AmpDecoder().push(bytes)).toThrow();
});
