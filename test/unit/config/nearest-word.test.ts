import { expect, test } from 'vitest';
import { keyNames } from '../../../src/config/keys.ts';
import { nearestWord } from '../../../src/config/nearest-word.ts';

test.each([
  ['scirpt', 'script'],
  ['max_restart', 'max_restarts'],
  ['maxRestart', 'max_restarts'],
  ['instnces', 'instances'],
  ['intances', 'instances'],
  ['kill_timout', 'kill_timeout'],
  ['evn', 'env'],
  ['enviroment', undefined],
  ['qqqqqq', undefined],
  ['x'.repeat(1_000_000), undefined],
])('%.20s: %s', (typed, expected) => {
  expect(nearestWord(typed, keyNames)).toBe(expected);
});
