import { expect, test } from 'vitest';
import type { AppReport, ReloadReceipt } from '../../../src/protocol/messages.ts';
import { fail, succeed } from '../../../src/shared/outcome.ts';
import { problem } from '../../../src/shared/problems.ts';
import type { Action } from '../../../src/ui/action.ts';
import { sayResult } from '../../../src/ui/action-message.ts';
import type { ActionResult } from '../../../src/ui/source.ts';
import { worker } from './samples.ts';

const nothing: ActionResult = { reports: [], receipts: [], problems: [] };
const action = (kind: 'restart' | 'reload' | 'stop'): Action => ({ kind, target: 'default/api', label: '"api"' });

const receipt: ReloadReceipt = {
  name: 'api',
  namespace: 'default',
  pmIds: [0, 1],
  kind: 'reload',
  fromGeneration: 7,
  toGeneration: 8,
  workers: 2,
  served: 41_203,
  failed: 0,
  slowestDrainMs: 2_100,
  killed: 0,
  tookMs: 5_000,
};

const stopped = (how: 'exited' | 'killed', tookMs: number): AppReport => ({
  name: 'api',
  namespace: 'default',
  workers: [{ pmId: 0, outcome: succeed(worker(0)), stop: { how, tookMs } }],
});

const broken = problem('app/start-failed', {
  name: 'api',
  cause: 'it exited.',
  stderr: ['1', '2', '3', '4', '5'],
  hint: 'Fix it.',
});

test.each([
  [
    'the receipt of a reload',
    action('reload'),
    { receipts: [receipt] },
    {
      tone: 'good',
      lines: ['"api" generation 7 -> 8: 2 workers, 41,203 requests served, 0 failed, slowest drain 2.1 s'],
    },
  ],
  [
    'a stop with its time',
    action('stop'),
    { reports: [stopped('exited', 812)] },
    { tone: 'good', lines: ['"api" stopped: 1 worker, slowest stop 812 ms.'] },
  ],
  [
    'a stop by force',
    action('stop'),
    { reports: [stopped('killed', 30_000)] },
    { tone: 'good', lines: ['"api" stopped: 1 worker, slowest stop 30 s, 1 killed after kill_timeout.'] },
  ],
  [
    'a problem with its hint and the end of its evidence',
    action('reload'),
    { problems: [broken] },
    { tone: 'bad', lines: ['"api" did not start: it exited.', 'Fix it.', '  2', '  3', '  4', '  5'] },
  ],
  [
    'a problem of several workers once',
    action('restart'),
    { reports: [{ ...stopped('exited', 1), workers: [0, 1].map((pmId) => ({ pmId, outcome: fail(broken) })) }] },
    { tone: 'bad', lines: expect.arrayContaining(['"api" did not start: it exited.']) },
  ],
  ['nothing', action('stop'), {}, { tone: 'bad', lines: ['Nothing was done.'] }],
])('says %s', (_, done, result, expected) => {
  const message = sayResult(done, { ...nothing, ...result });
  expect(message).toEqual(expected);
  expect(message.lines.filter((line) => line.includes('did not start')).length).toBeLessThan(2);
});
