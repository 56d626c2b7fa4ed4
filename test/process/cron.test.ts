import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';
import { staysTrue } from '../helpers/until.ts';

const EVERY_SECOND = '* * * * * *';

test('cron reloads, also after the death of the daemon; a stopped app stays stopped, and 0 switches it off', async () => {
  await using rig = await Rig.create();
  await rig.serve('http.js', '-i', '1', '--cron-restart', EVERY_SECOND);
  const daemon = rig.daemonPid() ?? 0;
  process.kill(daemon, 'SIGKILL');
  await rig.until('another daemon', () => rig.daemonPid() !== undefined && rig.daemonPid() !== daemon);
  const [first] = await rig.pids('app');
  await rig.until('a reload', async () => (await rig.pids('app'))[0] !== first);
  expect((await rig.ok('describe', 'app')).stdout).toContain(`Its cron_restart "${EVERY_SECOND}" was due.`);
  await rig.ok('stop', 'app');
  await staysTrue('it is stopped', 1_300, async () => (await rig.workers('app'))[0]?.pm2_env.status === 'stopped');
  await rig.ok('start', rig.fixture('http.js'), '--name', 'app', '-i', '1', '--cron-restart', '0');
  expect((await rig.workers('app'))[0]?.pm2_env).not.toHaveProperty('cron_restart');
});

test('a job that has finished runs again; a pattern that is none starts nothing', async () => {
  await using rig = await Rig.create();
  const wrong = await rig.pm('start', rig.fixture('finishes.js'), '--cron', '61 * * * *');
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/--cron must be a pattern of cron .*61/)]);
  await rig.ok('start', rig.fixture('finishes.js'), '--name', 'job', '--no-autorestart', '--cron', EVERY_SECOND);
  const ranAt = async () => (await rig.workers('job'))[0]?.pm2_env.pm_uptime;
  const first = await ranAt();
  await rig.until('another run', async () => (await ranAt()) !== first);
});
