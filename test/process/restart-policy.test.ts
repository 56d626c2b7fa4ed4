import { isDeepStrictEqual } from 'node:util';
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
  const again = await rig.pm('start', 'app');
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('exited with code 1')]);
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

test('stop_exit_codes and autorestart decide whether an exit is followed by a restart', async () => {
  await using rig = await Rig.create();
  rig.env.EXIT_CODE = '7';
  rig.env.EXIT_AFTER_MS = '1200'; // after it counts as started
  const flags = {
    expected: ['--stop-exit-codes', '7'],
    once: ['--no-autorestart'],
    onceDelayed: ['--no-autorestart', '--restart-delay', '100'],
    unexpected: ['--stop-exit-codes', '8', '--restart-delay', '60000'],
  };
  await Promise.all(
    Object.entries(flags).map(([name, own]) => rig.ok('start', rig.fixture('exits.js'), '--name', name, ...own)),
  );
  const outcome = async () =>
    Object.fromEntries(
      (await rig.jlist()).map(({ name, pm2_env }) => [name, [pm2_env.status, pm2_env.restart_time, pm2_env.exit_code]]),
    );
  const wanted = {
    expected: ['stopped', 0, 7],
    once: ['stopped', 0, 7],
    onceDelayed: ['stopped', 0, 7],
    unexpected: ['waiting restart', 0, 7],
  };
  await rig.until('all to have exited', async () => isDeepStrictEqual(await outcome(), wanted));
  await staysTrue('nobody is restarted', 300, async () => isDeepStrictEqual(await outcome(), wanted));
});
