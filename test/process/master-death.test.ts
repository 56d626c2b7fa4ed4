import { expect, test } from 'vitest';
import { bodyOf } from '../helpers/http.ts';
import { isAlive } from '../helpers/proc.ts';
import { Rig } from '../helpers/rig.ts';

test('when masters are killed their apps come back on the same port, with nothing orphaned', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '2');
  const forkPort = await rig.freePort();
  rig.env.PORT = String(forkPort);
  await rig.ok('start', rig.fixture('http.js'), '--name', 'forked');
  const before = await rig.jlist();
  const masters = [...new Set(before.map(({ pid }) => rig.parentOf(pid)))];
  expect(masters).toHaveLength(2); // one for the cluster app, one for all fork-mode apps
  const other = rig.daemonPid();

  for (const master of masters) process.kill(master, 'SIGKILL');
  const after = await rig.until('all to be back', async () => {
    const workers = await rig.jlist();
    const back = workers.every(
      ({ pid, pm2_env }) => pm2_env.status === 'online' && !before.some((old) => old.pid === pid),
    );
    return workers.length === 3 && back && workers;
  });
  expect(before.map(({ pid }) => pid).filter(isAlive)).toEqual([]);
  expect(after.map(({ pm_id, name }) => [pm_id, name])).toEqual(before.map(({ pm_id, name }) => [pm_id, name]));
  expect(after.slice(0, 2).map(({ pid }) => String(pid))).toContain(await bodyOf(port));
  expect(String(after[2]?.pid)).toBe(await bodyOf(forkPort));
  expect(rig.daemonPid()).toBe(other);
});

test('when daemon and master are killed at once, the next command brings the app back', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '2');
  const old = await rig.pids('app');
  const master = rig.parentOf(old[0] ?? 0);
  process.kill(rig.daemonPid() ?? 0, 'SIGKILL');
  process.kill(master, 'SIGKILL');
  await rig.until('the app to be back', async () => {
    const workers = await rig.workers('app');
    return (
      workers.length === 2 && workers.every(({ pid, pm2_env }) => pm2_env.status === 'online' && !old.includes(pid))
    );
  });
  await bodyOf(port);
  expect(old.filter(isAlive)).toEqual([]);
});
