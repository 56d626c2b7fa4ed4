import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

const listed = async (rig: Rig) =>
  (await rig.jlist()).map(({ pm_id, name, pm2_env }) => [pm_id, name, pm2_env.namespace, pm2_env.status]);

test('restart --name gives an app another name; its workers keep their ids', async () => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture('ticks.js'), '--name', 'other', '--min-uptime', '50ms');
  await rig.ok('start', rig.fixture('ticks.js'), '--name', 'old', '-i', '2', '--min-uptime', '50ms');
  const taken = await rig.pm('restart', 'old', '--name', 'other');
  expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining('There is an app called "other" already')]);
  const many = await rig.pm('restart', 'all', '--name', 'one');
  expect([many.code, many.stderr]).toEqual([1, expect.stringContaining('fits one app')]);
  const none = await rig.pm('restart', 'nothing', '--name', 'one');
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('nothing not found')]);
  const bad = await rig.pm('restart', 'old', '--name', 'all');
  expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining("not 'all'")]);

  const renamed = await rig.ok(
    'restart',
    'old',
    '--name',
    'new',
    '--namespace',
    'group',
    '--cron',
    '@daily',
    '--',
    'argument',
  );
  expect(renamed.stdout).toContain('[PM2] [new](2) ✓');
  expect(await listed(rig)).toEqual([
    [0, 'other', 'default', 'online'],
    [1, 'new', 'group', 'online'],
    [2, 'new', 'group', 'online'],
  ]);
  expect((await rig.workers('new'))[0]?.pm2_env).toMatchObject({ args: ['argument'], cron_restart: '@daily' });
});

test('start --force starts another of an app that runs, unless it is declared otherwise', async () => {
  await using rig = await Rig.create();
  const start = ['start', rig.fixture('ticks.js'), '--name', 'app', '--min-uptime', '50ms'];
  await rig.ok(...start);
  expect((await rig.pm(...start)).code).toBe(1);
  await rig.ok(...start, '--force');
  expect(await listed(rig)).toEqual([
    [0, 'app', 'default', 'online'],
    [1, 'app', 'default', 'online'],
  ]);
  const changed = await rig.ok(...start, '--force', '--', 'argument');
  expect(changed.stdout).toContain('"app" is declared otherwise now');
  expect((await rig.workers('app')).map(({ pm2_env }) => pm2_env.args)).toEqual([['argument']]);
});

test('stop and delete of a file leave out what is not there', async () => {
  await using rig = await Rig.create();
  const apps = ['one', 'two'].map((name) => ({ name, script: rig.fixture('ticks.js'), min_uptime: 50 }));
  const file = await rig.write('apps.json', JSON.stringify({ apps }));
  await rig.ok('start', file);
  await rig.ok('delete', 'one');
  const deleted = await rig.ok('delete', file);
  expect(deleted.stdout).toContain('[PM2] [two](1) ✓');
  expect(deleted.stderr).toContain('Not on the list: one');
  expect((await rig.ok('stop', file)).stderr).toContain('Not on the list: one, two');
});
