import { expect, test } from 'vitest';
import { skipBytes, WriteQueue } from '../../../../src/master/logs/write-queue.ts';

const take = (maxBytes: number, ...waiting: string[]): string[] => {
  const queue = new WriteQueue();
  queue.add(waiting.map((text) => Buffer.from(text)));
  return queue.take(maxBytes).map(String);
};

test.each([
  ['everything that fits', 8, ['one\n', 'two\n'], ['one\n', 'two\n']],
  ['no more than fits', 7, ['one\n', 'two\n'], ['one\n']],
  ['a line with all its pieces', 5, ['o', 'n', 'e\n', 't', 'wo\n'], ['o', 'n', 'e\n']],
  ['a line that does not fit, rather than none', 2, ['one\n', 'two\n'], ['one\n']],
  ['the beginning of a line that has no end yet', 2, ['one', 'more'], ['one', 'more']],
])('takes %s', (_what, maxBytes, waiting, taken) => {
  expect(take(maxBytes, ...waiting)).toEqual(taken);
});

test('what was written in part goes on at that byte', () => {
  const left = skipBytes([Buffer.from('one\n'), Buffer.from('two\n')], 5);
  expect(left.map(String)).toEqual(['wo\n']);
  expect(skipBytes(left, 3)).toEqual([]);
});

test('who waits for a place is told when that is written, and all when the file fails', async () => {
  const queue = new WriteQueue();
  queue.add([Buffer.from('12345')]);
  const told: string[] = [];
  const waits = [
    queue.untilWaiting(2).then(() => told.push('room')),
    queue.untilWaiting(0).then(() => told.push('all')),
  ];
  queue.add([Buffer.from('67890')]); // later lines are nobody's concern
  queue.done(3);
  await waits[0];
  expect(told).toEqual(['room']);
  queue.releaseAll();
  await waits[1];
  expect(told).toEqual(['room', 'all']);
});

test('the first line can be given up, over as many buffers as it has', () => {
  const queue = new WriteQueue();
  queue.add([Buffer.from('on'), Buffer.from('e\ntwo\n')]);
  queue.dropLine();
  expect(queue.waitingBytes).toBe(4);
  expect(queue.take(100).map(String)).toEqual(['two\n']);
});
