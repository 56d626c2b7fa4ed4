import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bodyOf } from '../helpers/http.ts';
import { Rig } from '../helpers/rig.ts';

test('save, kill and resurrect bring back what ran as it was declared', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '2');
  await Promise.all([
    rig.ok('start', rig.fixture('shell.sh'), '--name', 'shell', '--', 'Ada'),
    rig.ok('start', rig.fixture('shell.sh'), '--name', 'resting'),
  ]);
  await rig.ok('stop', 'resting');
  const save = await rig.ok('save');
  expect(save.stdout).toContain('Successfully saved in');
  expect(statSync(join(rig.home, 'dump.json')).mode & 0o777).toBe(0o600);
  const before = await rig.jlist();
  await rig.ok('kill');
  delete rig.env.PORT; // the dump knows it

  expect(await rig.jlist()).toEqual([]); // a killed list stays empty until it is asked for
  await rig.ok('resurrect');
  const after = await rig.jlist();
  const declared = ({ name, pm2_env }: (typeof after)[number]) => [
    name,
    pm2_env.status,
    pm2_env.exec_mode,
    pm2_env.NODE_APP_INSTANCE,
    pm2_env.args,
  ];
  expect(after.map(declared)).toEqual(before.map(declared));
  expect(after.map(({ pid }) => String(pid))).toContain(await bodyOf(port));

  await rig.ok('resurrect'); // what runs already is left alone
  expect((await rig.jlist()).map(({ pid }) => pid)).toEqual(after.map(({ pid }) => pid));
});
