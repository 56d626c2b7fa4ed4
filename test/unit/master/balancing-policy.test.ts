import { expect, test } from 'vitest';
import { nextInTurn } from '../../../src/master/balancing-policy.ts';

const seat = (name: string, lastTurn: number) => ({ name, lastTurn });

test.each([
  ['whose turn is longest ago', [seat('a', 3), seat('b', 1), seat('c', 2)], [], 'b'],
  ['that never had one', [seat('a', 3), seat('b', 0)], [], 'b'],
  ['that came first, of equals', [seat('a', 0), seat('b', 0)], [], 'a'],
  ['that may take it', [seat('a', 3), seat('b', 1), seat('c', 2)], ['b'], 'c'],
  ['of none', [seat('a', 3)], ['a'], undefined],
])('the next in turn is the one %s', (_, seats, busy: string[], expected) => {
  expect(nextInTurn(seats, ({ name }) => !busy.includes(name))?.name).toBe(expected);
});
