import { expect, test } from 'vitest';
import { timeOfLine } from '../../../../src/cli/logs/line-time.ts';
import { type MergedLog, mergeByTime } from '../../../../src/cli/logs/time-merge.ts';

/** The lines of a log in batches; "12 x" is a line of that second. */
function logOf(...batches: string[][]) {
  const left = batches.map((lines) => lines.map((line) => line.replace(/^(\d\d) /, '2026-01-02T03:04:$1 ')));
  return { next: async () => left.shift() ?? null, timeOf: timeOfLine };
}

async function merged(...logs: MergedLog[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const run of mergeByTime(logs))
    lines.push(...run.lines.map((line) => `${run.log}:${line.split(' ').at(-1)}`));
  return lines;
}

test('lines come in the order of their times, over the ends of batches', async () => {
  const a = logOf(['01 a', '04 d'], [], ['05 e']);
  const b = logOf(['02 b', '03 c'], ['06 f']);
  expect(await merged(a, b)).toEqual(['0:a', '1:b', '1:c', '0:d', '0:e', '1:f']);
});

test('a line without a time stays with the one before it; a log without any comes first', async () => {
  const a = logOf(['01 a', 'stack', 'stack'], ['stack', '03 c']);
  const b = logOf(['02 b']);
  const plain = logOf(['x'], ['y']);
  expect(await merged(a, b, plain)).toEqual(['2:x', '2:y', '0:a', '0:stack', '0:stack', '0:stack', '1:b', '0:c']);
});

test('lines of the same time come log by log, and no log is nothing', async () => {
  expect(await merged(logOf(['01 a', '01 b']), logOf(['01 c']), logOf())).toEqual(['0:a', '0:b', '1:c']);
  expect(await merged()).toEqual([]);
});
