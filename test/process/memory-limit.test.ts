import { expect, test } from 'vitest';
import { bodyOf } from '../helpers/http.ts';
import { Load } from '../helpers/load.ts';
import { Rig } from '../helpers/rig.ts';

test('workers above max_memory_restart are reloaded, one after the other, without a failed request', async () => {
  await using rig = await Rig.create();
  rig.env.GROW_MB = '120';
  const port = await rig.serve('grows.js', '-i', '2', '--max-memory-restart', '150M');
  const before = await rig.pids('app');
  const load = Load.start({ port, clients: 2, keepAlive: false });
  const grown = new Set<string>();
  while (grown.size < 2) grown.add(await bodyOf(port, '/grow'));
  const counts: number[] = [];
  await rig.until('both workers to be replaced', async () => {
    const now = await rig.workers('app');
    counts.push(now.filter(({ pm2_env }) => pm2_env.status === 'online').length);
    return now.every(({ pid, pm2_env }) => pm2_env.status === 'online' && !before.includes(pid));
  });
  await load.stop();
  expect(load.failures).toEqual([]);
  expect(counts.filter((online) => online < 2)).toEqual([]);
  const described = await rig.ok('describe', 'app');
  expect(described.stdout).toMatch(
    /restarted because +│ It used 1\d\d(\.\d)?mb of memory; max_memory_restart is 150mb/,
  );
  expect(rig.read(`${rig.home}/daemon.log`)).toContain('max_memory_restart is 150mb.');
});

test('memory of children counts; a fork-mode app is restarted', async () => {
  await using rig = await Rig.create();
  rig.env.GROW_MB = '200';
  const port = await rig.serve('grows.js', '--max-memory-restart', '200M');
  const [before] = await rig.pids('app');
  await bodyOf(port, '/grow-child');
  await rig.until('a restart', async () => {
    const [worker] = await rig.workers('app');
    return worker?.pid !== before && worker?.pm2_env.status === 'online' && worker.pm2_env.restart_time === 1;
  });
});
