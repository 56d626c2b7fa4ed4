import { expect, test } from 'vitest';
import { WorkersLeft } from '../../../src/cli/runtime/ending-policy.ts';
import type { ExitInfo, WorkerView } from '../../../src/shared/worker-view.ts';
import { appSpec, listedWorker } from '../../helpers/listed-app.ts';

const exit = (code: number | null, at: number, signal: ExitInfo['signal'] = null): ExitInfo => ({
  code,
  signal,
  at,
  uptimeMs: 1,
  stderr: [],
});

const done = (code: number | null, at = 1, signal: ExitInfo['signal'] = null): Partial<WorkerView> => ({
  status: 'stopped',
  finished: true,
  lastExit: exit(code, at, signal),
});
const running: Partial<WorkerView> = { status: 'online' };
const neverStarted: Partial<WorkerView> = { status: 'stopped', lastExit: null };
const stoppedByHand: Partial<WorkerView> = { status: 'stopped', lastExit: exit(0, 1) };
const errored = (code: number): Partial<WorkerView> => ({ status: 'errored', lastExit: exit(code, 1) });

function left(...workers: Partial<WorkerView>[]): WorkersLeft {
  const workersLeft = new WorkersLeft();
  const views = workers.map((given, pmId) => listedWorker({ ...given, pmId }));
  workersLeft.learn([{ spec: appSpec(), masterId: '1', workers: views }]);
  return workersLeft;
}

test.each([
  ['one runs', [running, done(3)], null],
  ['one waits for its restart', [{ status: 'waiting restart', lastExit: exit(1, 1) }], null],
  ['one was stopped by hand and may be started again', [stoppedByHand, done(3)], null],
  ['none was ever started', [neverStarted], null],
  ['nothing is there', [], 0],
  ['a job is done', [done(0)], 0],
  ['a job failed, and another app was never started', [done(3), neverStarted], 3],
  ['several failed: the first counts', [done(5, 20), done(0, 5), done(6, 10)], 6],
  ['a signal ended it', [done(null, 1, 'SIGKILL')], 'SIGKILL'],
  ['given up', [errored(4)], 4],
  ['given up although it exited with 0', [errored(0)], 1],
] as [string, Partial<WorkerView>[], unknown][])('%s', (_, workers, end) => {
  expect(left(...workers).end).toBe(end);
});

test('what nobody asked for is said: a restart after a crash, giving up, a replacement; the rest is not', () => {
  const workers = left(running);
  const heard = (given: Partial<WorkerView>) =>
    workers.hear({ type: 'worker-changed', app: 'default/api', worker: listedWorker(given) });
  expect(heard({ status: 'launching', lastExit: exit(1, 5) })?.says).toBe(
    '"api" (0) exited with code 1, and is started again.',
  );
  expect(heard({ status: 'online', lastExit: exit(1, 5) })).toBe(null);
  const waits = { status: 'waiting restart', lastExit: exit(null, 10, 'SIGSEGV'), restartDueAt: 2_010 } as const;
  expect(heard(waits)?.says).toBe('"api" (0) was ended by SIGSEGV, and is started again in 2 s.');
  expect(heard({ status: 'launching', lastExit: waits.lastExit })).toBe(null);
  const restartCause = { at: 20, says: 'a.js changed.' };
  expect(heard({ status: 'stopping', lastExit: waits.lastExit, restartCause })).toEqual({
    says: '"api" (0) is started anew. a.js changed.',
    isRenewal: true,
  });
  expect(heard({ status: 'launching', lastExit: exit(0, 30), restartCause })).toBe(null);
  const spawnError = { ...exit(null, 40), spawnError: 'spawn x ENOENT' };
  expect(heard({ status: 'errored', lastExit: spawnError, restartCause })?.says).toBe(
    '"api" (0) could not be started: spawn x ENOENT, and was given up.',
  );
  expect(workers.end).toBe(1);
  workers.hear({ type: 'worker-removed', app: 'default/api', pmId: 0 });
  expect(workers.end).toBe(0);
});
