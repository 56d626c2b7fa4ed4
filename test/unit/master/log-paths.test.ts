import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logPathsOf } from '../../../src/master/log-paths.ts';
import type { AppSpec } from '../../../src/shared/app-spec.ts';
import { pathsOf } from '../../../src/shared/paths.ts';

const spec = {
  name: 'api 3000',
  execMode: 'fork',
  instancesGiven: false,
  mergeLogs: false,
  disableLogs: false,
  outFile: null,
  errorFile: null,
  logFile: null,
  pidFile: null,
} as unknown as AppSpec; // the fields that names depend on

test.each<[string, Partial<AppSpec>, Record<string, string | null>]>([
  [
    'one fork worker',
    {},
    { outFile: '/h/logs/api-3000-out.log', errorFile: '/h/logs/api-3000-error.log', logFile: null },
  ],
  ['a cluster', { execMode: 'cluster' }, { outFile: '/h/logs/api-3000-out-7.log' }],
  ['fork with instances', { instancesGiven: true }, { outFile: '/h/logs/api-3000-out-7.log' }],
  ['merged', { execMode: 'cluster', mergeLogs: true }, { outFile: '/h/logs/api-3000-out.log' }],
  ['own names', { execMode: 'cluster', outFile: '/var/log/a.b.log' }, { outFile: '/var/log/a.b-7.log' }],
  ['no logs', { disableLogs: true }, { outFile: null, errorFile: null }],
  ['/dev/null', { errorFile: '/dev/null' }, { outFile: '/h/logs/api-3000-out.log', errorFile: null }],
  [
    'standard streams, which are ours',
    { execMode: 'cluster', outFile: '/dev/stdout', errorFile: '/proc/self/fd/2' },
    { outFile: '/h/logs/api-3000-out-7.log', errorFile: '/h/logs/api-3000-error-7.log' },
  ],
  ['the combined log', { logFile: true }, { logFile: '/h/logs/api-3000.log' }],
  ['the pid file keeps the digits of a name', {}, { pidFile: '/h/pids/api-3000-7.pid' }],
])('%s', (_, change, expected) => {
  expect(logPathsOf({ ...spec, ...change }, 7, pathsOf({ PM_HOME: '/h' }))).toMatchObject(expected);
});

test('behind a symbolic link the file is meant, so that the link outlives its rotation', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pm-link-')));
  const outFile = join(folder, 'link.log');
  symlinkSync('real.log', outFile);
  expect(logPathsOf({ ...spec, outFile }, 7, pathsOf({ PM_HOME: '/h' })).outFile).toBe(join(folder, 'real.log'));
  rmSync(folder, { recursive: true });
});
