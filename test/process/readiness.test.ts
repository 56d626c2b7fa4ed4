import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test('with wait_ready a worker is online when it says so, at a start and at a reload', async () => {
  await using rig = await Rig.create();
  rig.env.PORT = String(await rig.freePort());
  rig.env.READY_FILE = join(rig.work, 'ready');
  const start = rig.open('start', rig.fixture('says-ready.js'), '--name', 'app', '-i', '2', '--wait-ready');
  await rig.until('two workers to be launching', async () => {
    const statuses = (await rig.workers('app')).map(({ pm2_env }) => pm2_env.status);
    return statuses.length === 2 && statuses.every((status) => status === 'launching');
  });
  expect(start.running).toBe(true);
  await rig.write('ready', '');
  expect((await start.done).code).toBe(0);
  expect((await rig.workers('app')).map(({ pm2_env }) => pm2_env.status)).toEqual(['online', 'online']);
  await rig.ok('reload', 'app');
});

test('running out of listen_timeout is a failure of a start and of a reload', async () => {
  await using rig = await Rig.create();
  rig.env.PORT = String(await rig.freePort());
  rig.env.READY_FILE = join(rig.work, 'never');
  const flags = ['-i', '1', '--wait-ready', '--listen-timeout', '400', '--restart-delay', '60000'];
  const start = await rig.pm('start', rig.fixture('says-ready.js'), '--name', 'unready', ...flags);
  expect(start.code).toBe(1);
  expect(start.stderr).toMatch(/did not send 'ready' within 400 ms|did not send 'ready' within 0\.4 s/);
  const [worker] = await rig.workers('unready');
  expect(worker?.pm2_env.status).not.toBe('online');
});
