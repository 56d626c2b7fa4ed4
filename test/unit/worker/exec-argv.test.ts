import { expect, test } from 'vitest';
import { removePreload } from '../../../src/worker/exec-argv.ts';

test.each([
  [['--require', '/pm/preload.cjs'], []],
  [
    ['--require', '/pm/preload.cjs', '--require', './own.js', '--inspect=0'],
    ['--require', './own.js', '--inspect=0'],
  ],
  [
    ['--require', './own.js', '--require', '/pm/preload.cjs'],
    ['--require', './own.js'],
  ],
  [
    ['--title', '/pm/preload.cjs', '-r', './own.js'],
    ['--title', '/pm/preload.cjs', '-r', './own.js'],
  ],
])('of %j, %j is left', (before, after) => {
  const execArgv = [...before];
  removePreload(execArgv, '/pm/preload.cjs');
  expect(execArgv).toEqual(after);
});
