import { expect, test } from 'vitest';
import { prefixOf } from '../../../src/daemon/daemon-log.ts';
import { workerLog } from '../../../src/daemon/worker-log.ts';
import { listedWorker } from '../../helpers/listed-app.ts';

test("in a home of PM2_HOME lines begin as PM2's do, with the time in the format of its variable", () => {
  const prefix = (names: 'pm' | 'pm2', format?: string) =>
    prefixOf({ names }, format === undefined ? {} : { PM2_LOG_DATE_FORMAT: format })();
  expect(prefix('pm', 'YYYY')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z $/);
  expect(prefix('pm2')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d: PM2 log: $/);
  expect(prefix('pm2', '[at] YYYY')).toMatch(/^at \d{4}: PM2 log: $/);
  expect(prefix('pm2', '')).toBe('PM2 log: ');
});

test('workers that come up or end are told of, those that were there before the daemon are not', () => {
  const told: string[] = [];
  const hear = workerLog({ note: (sentence) => told.push(sentence) });
  const app = 'default/api';
  const later = Date.now() + 1_000;
  const exit = { signal: null, at: later, uptimeMs: 10, stderr: [] };
  const restartCause = { at: later, says: 'a.js changed.' };
  hear({ type: 'worker-changed', app, worker: listedWorker({ startedAt: 1 }) });
  hear({ type: 'worker-exited', app, pmId: 0, exit: { ...exit, code: 3 } });
  hear({ type: 'worker-exited', app, pmId: 0, exit: { ...exit, code: null, signal: 'SIGKILL' } });
  hear({ type: 'worker-exited', app, pmId: 0, exit: { ...exit, code: null, spawnError: 'no such program' } });
  for (const status of ['launching', 'online', 'online'] as const)
    hear({ type: 'worker-changed', app, worker: listedWorker({ status, startedAt: later, pid: 77, restartCause }) });
  expect(told).toEqual([
    'App [api:0] exited with code [3]',
    'App [api:0] exited via signal [SIGKILL]',
    'App [api:0] could not be run: no such program',
    '"default/api" (id 0) is replaced. a.js changed.',
    'App [api:0] online, pid 77',
  ]);
});
