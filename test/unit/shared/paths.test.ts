import { expect, test } from 'vitest';
import { pathsOf } from '../../../src/shared/paths.ts';

const names = (env: Record<string, string>) => {
  const { daemonPid, daemonLog, dump, logsDir, pidsDir, settings } = pathsOf(env);
  return [daemonPid, daemonLog, dump, logsDir, pidsDir, settings];
};

test('the home is that of PM_HOME, else of PM2_HOME, else ~/.pm', () => {
  expect(pathsOf({ HOME: '/home/me' }).home).toBe('/home/me/.pm');
  expect(pathsOf({ HOME: '/home/me', PM2_HOME: '/p2', PM_HOME: '' }).home).toBe('/p2');
  expect(pathsOf({ HOME: '/home/me', PM2_HOME: '/p2', PM_HOME: '/p' }).home).toBe('/p');
});

test("files of PM2's home have its names, and are where its variables say", () => {
  expect(names({ PM2_HOME: '/h' })).toEqual(
    ['pm2.pid', 'pm2.log', 'dump.pm2', 'logs', 'pids', 'module_conf.json'].map((name) => `/h/${name}`),
  );
  const moved = {
    PM2_HOME: '/h',
    PM2_PID_FILE_PATH: '/run/p.pid',
    PM2_DUMP_FILE_PATH: '/etc/d.pm2',
    PM2_DEFAULT_LOG_PATH: '',
  };
  expect(names(moved)).toEqual(['/run/p.pid', '/h/pm2.log', '/etc/d.pm2', '/h/logs', '/h/pids', '/h/module_conf.json']);
  expect(names({ ...moved, PM_HOME: '/h' })[0]).toBe('/h/daemon.pid');
});

test.each([
  { HOME: '/home/me' },
  { PM_HOME: 'here', PM2_HOME: '/h' },
  { PM2_HOME: 'there', PM2_LOG_FILE_PATH: 'own.log', PM2_MODULE_CONF_FILE: '/etc/conf.json' },
])('a process that gets the variables of %o comes to the same paths, in whichever folder', (env) => {
  const paths = pathsOf(env);
  expect(pathsOf({ ...paths.variables })).toEqual(paths);
  expect(Object.values(paths.variables).every((path) => path.startsWith('/'))).toBe(true);
});
