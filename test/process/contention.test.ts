import { expect, test } from 'vitest';
import { Load } from '../helpers/load.ts';
import { Rig } from '../helpers/rig.ts';
import { staysTrue } from '../helpers/until.ts';

/** A generator of the same "random" numbers below 1 for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('commands at cross purposes end in what the last one says', async () => {
  await using rig = await Rig.create();
  const seed = Date.now() % 100_000;
  const random = randomFrom(seed);
  rig.env.EXIT_AFTER_MS = '300'; // the app crashes all the time, in the middle of everything
  const script = rig.fixture('exits.js');
  await rig.pm('start', script, '--name', 'app', '-i', '2');
  const commands = [
    ['restart', 'app'],
    ['reload', 'app'],
    ['stop', 'app'],
    ['start', 'app'],
    ['scale', 'app', '3'],
    ['scale', 'app', '1'],
    ['restart', '0'],
    ['stop', '1'],
  ];
  const actor = async () => {
    for (let i = 0; i < 8; i++) await rig.pm(...(commands[Math.floor(random() * commands.length)] ?? []));
  };
  await Promise.all([actor(), actor(), actor()]);

  const stop = await rig.pm('stop', 'app');
  expect(stop.code, `seed ${seed}\n${rig.transcript()}`).toBe(0);
  const running = () => rig.processes().filter(({ command }) => command.includes(script));
  expect(running(), `seed ${seed}`).toEqual([]);
  await staysTrue(`nothing of the app runs (seed ${seed})`, 500, () => running().length === 0);
  const workers = await rig.workers('app');
  expect(new Set(workers.map(({ pm2_env }) => pm2_env.status))).toEqual(new Set(['stopped']));
  const slots = workers.map(({ pm2_env }) => pm2_env.NODE_APP_INSTANCE).sort();
  expect(slots).toEqual(slots.map((_, slot) => slot));
});

test('a daemon that is killed in the middle of a reload loses no request, and the next reload goes through', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '2');
  const loads = [Load.start({ port, clients: 3 }), Load.start({ port, clients: 3, keepAlive: false })];
  await rig.until('answers', () => loads.every(({ counts }) => counts.ok > 5));
  const script = rig.fixture('http.js');
  const reload = rig.open('reload', 'app');
  await rig.until('a successor', () => rig.processes().filter(({ command }) => command.includes(script)).length > 2);
  process.kill(rig.daemonPid() ?? 0, 'SIGKILL');
  const { code, stderr } = await reload.done;
  expect([code, stderr]).toEqual([1, expect.stringContaining('The daemon closed the connection')]);

  await rig.until('the reload to be over', async () => (await rig.pm('reload', 'app')).code === 0);
  for (const load of loads) await load.stop();
  expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
  expect((await rig.workers('app')).map(({ pm2_env }) => pm2_env.status)).toEqual(['online', 'online']);
  expect(rig.processes().filter(({ command }) => command.includes(script))).toHaveLength(2);
});
