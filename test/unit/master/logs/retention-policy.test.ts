import { expect, test } from 'vitest';
import { filesToDelete, type KeptFile } from '../../../../src/master/logs/retention-policy.ts';

const NOW = 1_000_000;
const file = (log: string, seq: number, sizeBytes = 10): KeptFile => ({
  path: `${log}.${seq}`,
  log,
  seq,
  sizeBytes,
  writtenAt: NOW - 1000 + seq,
});
const FILES = [file('api', 1), file('api', 2), file('api', 3), file('api-2', 4), file('api-2', 5)];
const NO_LIMITS = { keep: 100, maxAgeMs: 0, maxTotalBytes: 0 };

test.each([
  ['nothing, without limits', NO_LIMITS, 0, []],
  ['of each log the oldest above the count', { ...NO_LIMITS, keep: 1 }, 0, ['api.1', 'api.2', 'api-2.4']],
  ['everything, when none is kept', { ...NO_LIMITS, keep: 0 }, 0, FILES.map(({ path }) => path)],
  ['what is too old', { ...NO_LIMITS, maxAgeMs: 997 }, 0, ['api.1', 'api.2']],
  [
    'the oldest of all logs, until the rest fits beside the files in use',
    { ...NO_LIMITS, maxTotalBytes: 45 },
    20,
    ['api.1', 'api.2', 'api.3'],
  ],
  [
    'everything, when the files in use are too much already',
    { ...NO_LIMITS, maxTotalBytes: 45 },
    50,
    FILES.map(({ path }) => path),
  ],
])('%s', (_what, limits, currentBytes, gone) => {
  expect(filesToDelete(FILES, limits, { currentBytes, now: NOW }).map(({ path }) => path)).toEqual(gone);
});
