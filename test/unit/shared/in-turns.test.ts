import { expect, test } from 'vitest';
import { chunksOf, mapInTurns } from '../../../src/shared/in-turns.ts';

test.each([1, 2, 10, undefined])('at most %s at a time, results in the order of the items', async (atOnce) => {
  let atWork = 0;
  let most = 0;
  const act = async (item: number) => {
    atWork += 1;
    most = Math.max(most, atWork);
    for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
    atWork -= 1;
    return item * 10;
  };
  expect(await mapInTurns([3, 1, 2], act, atOnce)).toEqual([30, 10, 20]);
  expect(most).toBe(Math.min(atOnce ?? 3, 3));
  expect(await mapInTurns([], act, atOnce)).toEqual([]);
});

test('chunks', () => {
  expect([chunksOf([1, 2, 3], 2), chunksOf([1], 5), chunksOf([], 3)]).toEqual([[[1, 2], [3]], [[1]], []]);
});
