import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

const SLEEPS = { script: 'sleep 1000', min_uptime: 50 };

test('what is gone from the file is deleted, unless it was started otherwise; --plan and --only leave the rest alone', async () => {
  await using rig = await Rig.create();
  const declare = (...apps: object[]) => rig.write('ecosystem.json', JSON.stringify({ apps }));
  const file = await declare({ name: 'a', ...SLEEPS }, { name: 'b', ...SLEEPS });
  await rig.ok('start', rig.fixture('ticks.js'), '--name', 'by-hand', '--min-uptime', '50');
  await rig.ok('start', file, '--only', 'a');
  await rig.ok('apply', file);
  const pids = async () => Object.fromEntries((await rig.jlist()).map(({ name, pid }) => [name, pid]));
  const before = await pids();
  expect(Object.keys(before)).toEqual(['by-hand', 'a', 'b']);

  await declare(
    { name: 'b', ...SLEEPS, env: { TOKEN: 'hush' }, restart_delay: 5, cron_restart: '0 3 * * *' },
    { name: 'c', ...SLEEPS },
  );
  const plan = await rig.ok('apply', '--plan');
  expect(plan.stdout).toBe(
    [
      'a  delete   app: there -> gone',
      'b  live     restart_delay: 0 -> 5',
      'b  live     cron_restart: not set -> "0 3 * * *"',
      'b  restart  env.TOKEN: not set -> set',
      'c  start    app: not there -> online\n',
    ].join('\n'),
  );
  const records = JSON.parse((await rig.ok('apply', '--plan', '--json')).stdout);
  expect(records.map(({ name, step }: { name: string; step: string }) => `${name} ${step}`)).toEqual([
    'a delete',
    'b restart',
    'c start',
  ]);
  expect(JSON.stringify(records)).not.toContain('hush');
  expect(await pids()).toEqual(before);
  await rig.ok('apply', file, '--only', 'c');
  expect(await pids()).toEqual({ ...before, c: expect.any(Number) });
  await rig.ok('apply', file);
  const after = await pids();
  expect(after).toEqual({ 'by-hand': before['by-hand'], b: expect.any(Number), c: expect.any(Number) });
  expect(after.b).not.toBe(before.b);

  rig.env.OF_ANOTHER_SHELL = '1';
  await rig.ok('stop', 'c');
  expect((await rig.ok('apply', file)).stdout).toMatch(/^c {2}start {2}app: stopped -> online$/m);
  expect((await rig.ok('apply', file)).stdout).toBe(`[PM2] Nothing to do: what runs is what ${file} says.\n`);
  expect((await pids()).b).toBe(after.b);
});

test('a step that fails is named and ends with 1; the others are done, and apply can be repeated', async () => {
  await using rig = await Rig.create();
  await rig.write('app.js', "require('node:http').createServer().listen(process.env.PORT)");
  await rig.write('broken.js', "throw new Error('not like this')");
  const port = await rig.freePort();
  const declare = (script: string, max_restarts: number) =>
    rig.write(
      'ecosystem.json',
      JSON.stringify({
        apps: [
          { name: 'app', script, instances: 1, port, min_uptime: 50 },
          { name: 'new', script, max_restarts: 1 },
          { name: 'other', ...SLEEPS, max_restarts },
        ],
      }),
    );
  await rig.ok('apply', await declare('app.js', 16), '--only', 'app,other');
  const [app] = await rig.pids('app');
  const failed = await rig.pm('apply', await declare('broken.js', 7));
  expect(failed.code).toBe(1);
  expect(failed.stderr).toMatch(/Reload of "app" aborted: .*\n +.*not like this/s);
  expect(failed.stderr).toMatch(/"new" did not start: .*\n +.*not like this/s);
  expect(await rig.pids('app')).toEqual([app]);
  expect((await rig.workers('other'))[0]?.pm2_env.max_restarts).toBe(7);

  expect((await rig.ok('apply', '--plan')).stdout).toMatch(
    /^app {2}reload {2}script: .*\nnew {2}start {3}app: errored -> online\n$/,
  );
  await rig.ok('apply', await declare('app.js', 7));
  expect((await rig.workers('new'))[0]?.pm2_env.status).toBe('online');
  expect(await rig.pids('app')).toEqual([app]);
});

test('a change that touches no process waits for a reload that goes on, and outlasts it', async () => {
  await using rig = await Rig.create();
  const ready = await rig.write('ready', '');
  const declare = (keys: object) =>
    rig.write(
      'ecosystem.json',
      JSON.stringify({
        name: 'app',
        script: rig.fixture('says-ready.js'),
        env: { READY_FILE: ready },
        port,
        wait_ready: true,
        min_uptime: 50,
        instances: 1,
        ...keys,
      }),
    );
  const port = await rig.freePort();
  await rig.ok('apply', await declare({}));
  await rm(ready);
  const reload = rig.open('reload', 'app');
  await rig.until(
    'the successor',
    () => rig.processes().filter(({ command }) => /says-ready/.test(command)).length === 2,
  );
  const apply = rig.open('apply', await declare({ max_restarts: 7, instances: 2 }));
  await apply.prints(/max_restarts: 16 -> 7/);
  await rig.write('ready', '');
  expect([(await reload.done).code, (await apply.done).code]).toEqual([0, 0]);
  const workers = await rig.workers('app');
  expect(workers.map(({ pm2_env }) => [pm2_env.max_restarts, pm2_env.instances])).toEqual([
    [7, 2],
    [7, 2],
  ]);
  expect((await rig.ok('apply', '--plan')).stdout).toMatch(/^\[PM2\] Nothing to do/);
});
