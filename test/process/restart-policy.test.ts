import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';
import { staysTrue } from '../helpers/until.ts';

test('16 exits in a row before min_uptime make an app errored, with 15 restarts; start gives it another chance', async () => {
  await using rig = await Rig.create();
  const start = await rig.pm('start', rig.fixture('exits.js'), '--name', 'app', '-i', '1');
  expect(start.code).toBe(1);
  expect(start.stderr).toContain('exited with code 1');
  expect(start.stderr).toContain('Exiting with');
  const worker = await rig.until(
    'the app to be errored',
    async () => {
      const [found] = await rig.workers('app');
      return found?.pm2_env.status === 'errored' && found;
    },
    20_000,
  );
  expect([worker.pid, worker.pm2_env.restart_time]).toEqual([0, 15]);
});

test('max_restarts and min_uptime of the file decide when to give up', async () => {
  await using rig = await Rig.create();
  const app = {
    name: 'app',
    script: rig.fixture('exits.js'),
    max_restarts: 3,
    min_uptime: '5s',
    env: { EXIT_AFTER_MS: '50' },
  };
  await rig.pm('start', await rig.write('ecosystem.json', JSON.stringify({ apps: [app] })));
  const worker = await rig.until('the app to be errored', async () => {
    const [found] = await rig.workers('app');
    return found?.pm2_env.status === 'errored' && found;
  });
  expect(worker.pm2_env.restart_time).toBe(2);
});

test('a worker that waits for its restart can be restarted, reloaded, stopped and deleted', async () => {
  await using rig = await Rig.create();
  await rig.pm('start', rig.fixture('exits.js'), '--name', 'app', '--restart-delay', '60000');
  const isWaiting = async () => (await rig.workers('app'))[0]?.pm2_env.status === 'waiting restart';
  await rig.until('the app to wait', isWaiting);
  for (const command of ['restart', 'reload', 'start']) {
    await rig.pm(command, 'app'); // fails as the app does; what counts is that it ran
    await rig.until(`the app to wait after ${command}`, isWaiting);
  }
  expect((await rig.output('app')).length).toBe(0);
  const errors = (await rig.workers('app'))[0]?.pm2_env.pm_err_log_path ?? '';
  expect(rig.read(errors).match(/Exiting with/g)).toHaveLength(4);
  await rig.ok('stop', 'app');
  expect((await rig.workers('app'))[0]?.pm2_env.status).toBe('stopped');
  await rig.ok('delete', 'app');
});

test('the exponential backoff grows from its first delay', async () => {
  await using rig = await Rig.create();
  await rig.pm('start', rig.fixture('exits.js'), '--name', 'app', '--exp-backoff-restart-delay', '50');
  const errors = (await rig.workers('app'))[0]?.pm2_env.pm_err_log_path ?? '';
  const startedAt = performance.now();
  await rig.until('five more tries', () => (rig.read(errors).match(/Exiting with/g) ?? []).length >= 6);
  expect(performance.now() - startedAt).toBeGreaterThan(75 + 112 + 168 + 253); // the first delay may be over already
  expect((await rig.workers('app'))[0]?.pm2_env.status).toMatch(/waiting restart|launching/);
});

test.each([
  { flags: ['--stop-exit-codes', '7'], code: '7', status: 'stopped' },
  { flags: ['--no-autorestart'], code: '1', status: 'stopped' },
  { flags: ['--no-autorestart', '--restart-delay', '100'], code: '1', status: 'stopped' },
])('exit $code with $flags is not followed by a restart', async ({ flags, code, status }) => {
  await using rig = await Rig.create();
  rig.env.EXIT_CODE = code;
  rig.env.EXIT_AFTER_MS = '1200'; // after it counts as started
  await rig.ok('start', rig.fixture('exits.js'), '--name', 'app', ...flags);
  const isStopped = async () => (await rig.workers('app'))[0]?.pm2_env.status === status;
  await rig.until(`the app to be ${status}`, isStopped);
  await staysTrue('the app is not restarted', 300, isStopped);
  expect((await rig.workers('app'))[0]?.pm2_env).toMatchObject({ restart_time: 0, exit_code: Number(code) });
});

test('another exit code is followed by one', async () => {
  await using rig = await Rig.create();
  rig.env.EXIT_CODE = '8';
  rig.env.EXIT_AFTER_MS = '1200';
  await rig.ok('start', rig.fixture('exits.js'), '--name', 'app', '--stop-exit-codes', '7');
  await rig.until('a restart', async () => (await rig.workers('app'))[0]?.pm2_env.restart_time === 1);
});
