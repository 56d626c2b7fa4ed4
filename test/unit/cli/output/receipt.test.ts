import { expect, test } from 'vitest';
import type { ReloadReceipt } from '../../../../src/protocol/messages.ts';
import { receiptLine } from '../../../../src/protocol/receipt-line.ts';

const receipt: ReloadReceipt = {
  name: 'api',
  namespace: 'default',
  pmIds: [0, 1, 2, 3],
  kind: 'reload',
  fromGeneration: 7,
  toGeneration: 8,
  workers: 4,
  served: 41_203,
  failed: 0,
  slowestDrainMs: 2_100,
  killed: 0,
  tookMs: 9_000,
};

test.each([
  [{}, 'generation 7 -> 8: 4 workers, 41,203 requests served, 0 failed, slowest drain 2.1 s'],
  [
    { workers: 1, served: 1, failed: 2, killed: 1, slowestDrainMs: 30_000 },
    'generation 7 -> 8: 1 worker, 1 request served, 2 failed, slowest drain 30 s, 1 killed after kill_timeout',
  ],
  [{ kind: 'restart' as const }, 'restarted one after the other: 4 workers in 9 s'],
  [
    { kind: 'restart' as const, killed: 2 },
    'restarted one after the other: 4 workers in 9 s, 2 killed after kill_timeout',
  ],
  [{ kind: 'start' as const }, 'nothing ran: 4 workers started in 9 s'],
])('%j', (facts, line) => {
  expect(receiptLine({ ...receipt, ...facts })).toBe(line);
});
