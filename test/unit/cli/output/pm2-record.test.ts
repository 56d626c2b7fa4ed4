import { expect, test } from 'vitest';
import { pm2Records } from '../../../../src/protocol/pm2-record.ts';
import { listedApp } from '../../../helpers/listed-app.ts';

const exit = { code: null, signal: null, at: 5_000, uptimeMs: 3_000, stderr: [] } as const;

test('a running worker of a cluster-mode app', () => {
  const app = listedApp(
    { env: { PORT: '3000', status: 'mine' }, args: ['--color'] },
    { pmId: 4, slot: 1, restarts: 2 },
  );
  const [record] = pm2Records([app]) as readonly { pm2_env: Record<string, unknown> }[];
  const { unique_id, ...told } = record?.pm2_env ?? {};
  expect(unique_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/); // of this machine
  expect([{ ...record, pm2_env: told }]).toMatchInlineSnapshot(`
    [
      {
        "monit": {
          "cpu": 0.3,
          "memory": 52743372,
        },
        "name": "api",
        "pid": 4004,
        "pm2_env": {
          "NODE_APP_INSTANCE": 1,
          "PORT": "3000",
          "_pm2_version": "0.1.0",
          "args": [
            "--color",
          ],
          "automation": false,
          "autorestart": true,
          "autostart": true,
          "axm_actions": [],
          "axm_dynamic": {},
          "axm_monitor": {},
          "axm_options": {},
          "created_at": 900000,
          "env": {
            "PORT": "3000",
            "status": "mine",
          },
          "exec_interpreter": "node",
          "exec_mode": "cluster_mode",
          "filter_env": [],
          "instance_var": "NODE_APP_INSTANCE",
          "instances": 2,
          "kill_retry_time": 100,
          "kill_timeout": 30000,
          "km_link": false,
          "listen_timeout": 10000,
          "max_restarts": 16,
          "merge_logs": false,
          "min_uptime": 1000,
          "name": "api",
          "namespace": "default",
          "node_args": [],
          "node_version": "20.20.2",
          "pm_cwd": "/srv/api",
          "pm_err_log_path": "/home/logs/api-error-4.log",
          "pm_exec_path": "/srv/api/app.js",
          "pm_id": 4,
          "pm_out_log_path": "/home/logs/api-out-4.log",
          "pm_pid_path": "/home/pids/api-4.pid",
          "pm_uptime": 1000000,
          "pmx": false,
          "pmx_module": false,
          "restart_delay": 0,
          "restart_time": 2,
          "shutdown_with_message": false,
          "status": "online",
          "treekill": true,
          "unstable_restarts": 0,
          "username": "deploy",
          "version": "1.2.3",
          "vizion": false,
          "vizion_running": false,
          "wait_ready": false,
          "watch": false,
          "windowsHide": true,
        },
        "pm_id": 4,
      },
    ]
  `);
});

test('records come by id, whatever app they are of', () => {
  const apps = [listedApp({ name: 'b' }, { pmId: 3 }, { pmId: 0 }), listedApp({ name: 'a' }, { pmId: 2 })];
  expect(pm2Records(apps).map((record) => 'pm_id' in record && record.pm_id)).toEqual([0, 2, 3]);
});

test.each([
  [{ ...exit, code: 3 }, 3],
  [{ ...exit, signal: 'SIGKILL' as const }, 137],
  [{ ...exit, spawnError: 'spawn EACCES' }, 127],
])('an exit %j has the code %d', (lastExit, code) => {
  const [record] = pm2Records([listedApp({}, { status: 'stopped', pid: 0, startedAt: 0, lastExit })]);
  expect(record).toMatchObject({
    pid: 0,
    monit: { memory: 0, cpu: 0 },
    pm2_env: { status: 'stopped', exit_code: code, pm_uptime: 2_000 },
  });
});

test('options that are set and files that are not written', () => {
  const spec = {
    instanceVar: 'SLOT',
    logDateFormat: 'HH:mm',
    logType: 'json',
    stopExitCodes: [7],
    expBackoffRestartDelayMs: 100,
  } as const;
  const [record] = pm2Records([listedApp(spec, { slot: 3, outFile: null, logFile: '/l/api.log', nodeVersion: null })]);
  expect(record).toMatchObject({
    pm2_env: {
      SLOT: 3,
      log_date_format: 'HH:mm',
      log_type: 'json',
      stop_exit_codes: [7],
      exp_backoff_restart_delay: 100,
      pm_out_log_path: '/dev/null',
      pm_log_path: '/l/api.log',
    },
  });
  expect(record).not.toHaveProperty('pm2_env.node_version');
  expect(record).not.toHaveProperty('pm2_env.exit_code');
});
