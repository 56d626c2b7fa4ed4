import { expect, test } from 'vitest';
import { quickCommand } from '../../../src/cli/quick.ts';

test.each([[['ls']], [['jlist']], [['reload', 'api']], [['del', '0']], [['stop', 'ecosystem.config.js']]])(
  '%j needs no parser',
  (argv) => expect(quickCommand(argv)).toBeTypeOf('function'),
);

test.each([
  [[]],
  [['start']],
  [['reload']],
  [['reload', 'a', 'b']],
  [['reload', '--help']],
  [['restart', '-']],
  [['describe', 'api']],
  [['constructor']],
  [['constructor', 'api']],
])('%j is for the parser', (argv) => expect(quickCommand(argv)).toBeUndefined());
