import { expect, test } from 'vitest';
import { Load } from '../helpers/load.ts';
import { Rig } from '../helpers/rig.ts';

test('scaling adds the lowest free slots, removes the highest, and loses no request', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '2');
  const slots = async () => (await rig.workers('app')).map(({ pm2_env }) => pm2_env.NODE_APP_INSTANCE);
  const loads = [Load.start({ port, clients: 3 }), Load.start({ port, clients: 3, keepAlive: false })];
  const first = await rig.pids('app');

  await rig.ok('scale', 'app', '4');
  expect(await slots()).toEqual([0, 1, 2, 3]);
  await rig.ok('scale', 'app', '+1');
  expect(await slots()).toEqual([0, 1, 2, 3, 4]);
  await rig.ok('scale', 'app', '3');
  expect(await slots()).toEqual([0, 1, 2]);
  await rig.ok('delete', String((await rig.workers('app'))[1]?.pm_id));
  expect(await slots()).toEqual([0, 2]);
  await rig.ok('scale', 'app', '+1');
  expect((await slots()).sort()).toEqual([0, 1, 2]);

  expect((await rig.pids('app'))[0]).toBe(first[0]); // who was there first stays
  for (const load of loads) await load.stop();
  expect(loads.flatMap(({ failures }) => failures)).toEqual([]);

  const same = await rig.pm('scale', 'app', '3');
  expect([same.code, same.stderr]).toEqual([1, expect.stringContaining('Nothing to do')]);
});
