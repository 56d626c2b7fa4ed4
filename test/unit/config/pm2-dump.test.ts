import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { appsOfPm2Records } from '../../../src/config/pm2-dump.ts';

const root = mkdtempSync(join(tmpdir(), 'pm-dump-'));
mkdirSync(join(root, 'src'));
for (const name of ['app.js', 'src/other.js']) writeFileSync(join(root, name), '');
afterAll(() => rmSync(root, { recursive: true }));

/** Fields as PM2 7.0.4 wrote them in a trial. */
const record = (more: Record<string, unknown> = {}) => ({
  name: 'api',
  namespace: 'default',
  filter_env: [],
  vizion: true,
  autostart: true,
  autorestart: true,
  watch: false,
  instance_var: 'NODE_APP_INSTANCE',
  pmx: true,
  automation: true,
  treekill: true,
  username: 'deploy',
  windowsHide: true,
  kill_retry_time: 100,
  node_args: [],
  pm_exec_path: join(root, 'app.js'),
  pm_cwd: root,
  exec_interpreter: 'node',
  exec_mode: 'fork_mode',
  merge_logs: true,
  pm_out_log_path: '/home/deploy/.pm2/logs/api-out.log',
  pm_err_log_path: '/home/deploy/.pm2/logs/api-error.log',
  pm_pid_path: '/home/deploy/.pm2/pids/api-0.pid',
  km_link: false,
  NODE_APP_INSTANCE: 0,
  status: 'online',
  pm_uptime: 1795717804376,
  created_at: 1795717804000,
  restart_time: 4,
  unstable_restarts: 0,
  version: 'N/A',
  node_version: '20.20.2',
  axm_actions: [],
  env: { PATH: process.env.PATH, LANG: 'C', PM2_USAGE: 'CLI', PM2_HOME: '/home/deploy/.pm2', api: {}, unique_id: '7f' },
  PATH: process.env.PATH,
  LANG: 'C',
  ...more,
});
const worker = (slot: number, more: Record<string, unknown> = {}) =>
  record({
    exec_mode: 'cluster_mode',
    merge_logs: undefined,
    NODE_APP_INSTANCE: slot,
    pm_out_log_path: `/var/log/api-${slot + 3}.log`,
    pm_err_log_path: `/home/deploy/.pm2/logs/api-error-${slot + 3}.log`,
    ...more,
  });

const read = async (...records: Record<string, unknown>[]) => {
  const { apps, problems } = await appsOfPm2Records(records, '/h/dump.pm2');
  expect(problems).toEqual([]);
  return apps;
};

test('a plain process is an app in fork mode, with the variables it had and none of those of PM2', async () => {
  const [app] = await read(record({ args: ['--port', '1'], node_args: ['--max-old-space-size=100'] }));
  expect(app).toMatchObject({
    spec: {
      name: 'api',
      script: join(root, 'app.js'),
      args: ['--port', '1'],
      cwd: root,
      execMode: 'fork',
      instancesGiven: false,
      interpreterArgs: ['--max-old-space-size=100'],
      outFile: null,
      errorFile: null,
      logFile: null,
      mergeLogs: false,
      username: 'deploy',
    },
    workers: [{ slot: 0, createdAt: 1795717804000, shouldRun: true }],
  });
  expect(app?.spec.env).toEqual({ PATH: process.env.PATH, LANG: 'C', PWD: root });
});

test('workers of a cluster are one app; what was stopped stays so; log files lose their ids', async () => {
  const [app, ...others] = await read(worker(1), worker(0, { status: 'stopped' }));
  expect(others).toEqual([]);
  expect(app?.spec).toMatchObject({ execMode: 'cluster', instances: 2, instancesGiven: true });
  expect(app?.spec).toMatchObject({ outFile: '/var/log/api.log', errorFile: null });
  expect(app?.workers).toMatchObject([
    { slot: 1, shouldRun: true },
    { slot: 0, shouldRun: false },
  ]);
});

test('limits, schedules and blocks of variables come along; a variable with the name of a key does not', async () => {
  const [app] = await read(
    record({
      max_memory_restart: 209715200,
      kill_timeout: 3000,
      min_uptime: 2000,
      stop_exit_codes: 3,
      cron_restart: '0 0 * * *',
      time: true,
      env_production: { A: 2 },
      kill_signal: 'x',
      env: { PATH: process.env.PATH, kill_signal: 'x' },
    }),
  );
  expect(app?.spec).toMatchObject({
    maxMemoryBytes: 209715200,
    killTimeoutMs: 3000,
    minUptimeMs: 2000,
    stopExitCodes: [3],
    cronRestart: '0 0 * * *',
    logDateFormat: 'YYYY-MM-DDTHH:mm:ss',
    envBlocks: { production: { A: '2' } },
    killSignal: 'SIGINT',
  });
});

test('other scripts under the same name become apps of their own', async () => {
  const apps = await read(record(), record({ pm_exec_path: join(root, 'src/other.js') }), record({ namespace: 'b' }));
  expect(apps.map(({ spec }) => `${spec.namespace}/${spec.name}`)).toEqual(['default/api', 'default/api-2', 'b/api']);
});

test('an app that cannot be had is a problem, and the others are not its affair', async () => {
  const { apps, problems } = await appsOfPm2Records(
    [record({ name: 'gone', pm_exec_path: join(root, 'gone.js') }), record(), { nothing: true }],
    '/h/dump.pm2',
  );
  expect(apps.map(({ spec }) => spec.name)).toEqual(['api']);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('"gone" of /h/dump.pm2'),
    expect.stringContaining('of /h/dump.pm2'),
  ]);
});
