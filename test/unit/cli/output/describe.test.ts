import { expect, test } from 'vitest';
import { describeWorker } from '../../../../src/cli/output/describe-rows.ts';
import { listedApp } from '../../../helpers/listed-app.ts';

function describe(...[spec, worker]: Parameters<typeof listedApp>): string[] {
  const app = listedApp(spec, worker ?? {});
  const [first] = app.workers;
  return first ? describeWorker({ app, worker: first }, 1_090_000).map((fact) => fact.join(': ')) : [];
}

test('secrets of the environment are not shown', () => {
  const facts = describe({ env: { NODE_ENV: 'production', API_TOKEN: 'hunter2' } }, {});
  expect(facts).toContain('node env: production');
  expect(facts.join()).not.toMatch(/API_TOKEN|hunter2/);
});

test('a worker that crashed says how, when and what comes next', () => {
  const lastExit = { code: 1, signal: null, at: 1_060_000, uptimeMs: 2_100, stderr: ['Error: boom'] };
  const facts = describe({}, { status: 'waiting restart', pid: 0, startedAt: 0, restartDueAt: 1_095_000, lastExit });
  expect(facts).toEqual(
    expect.arrayContaining([
      'status: waiting restart',
      'pid: N/A',
      'uptime: 0',
      'last exit: code 1 at 1970-01-01T00:17:40.000Z, after 2.1 s',
      'next restart at: 1970-01-01T00:18:15.000Z',
    ]),
  );
});

test.each([
  [{ code: null, signal: 'SIGKILL' as const }, 'last exit: SIGKILL at'],
  [
    { code: null, signal: null, spawnError: 'spawn EACCES' },
    'last exit: could not be started at 1970-01-01T00:00:00.000Z: spawn EACCES',
  ],
])('%j is told as %s', (end, expected) => {
  expect(describe({}, { lastExit: { at: 0, uptimeMs: 0, stderr: [], ...end } }).join('\n')).toContain(expected);
});

test('lost log output shows only when there is some', () => {
  expect(describe({}, {}).join()).not.toContain('lost');
  expect(describe({}, { lostLogBytes: 2_048 })).toContain('lost log output: 2kb');
});
