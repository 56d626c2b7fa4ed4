import { expect, test } from 'vitest';
import { beginGet } from '../helpers/http.ts';
import { isAlive } from '../helpers/proc.ts';
import { Rig } from '../helpers/rig.ts';

test('an app that ignores its signal is killed once kill_timeout is over, and that is said', async () => {
  await using rig = await Rig.create();
  await rig.serve('ignores-signals.js', '-i', '1', '--kill-timeout', '300');
  const [pid = 0] = await rig.pids('app');
  const stop = await rig.ok('stop', 'app');
  expect(isAlive(pid)).toBe(false);
  expect(stop.stdout + stop.stderr).toMatch(/killed after (\d+ ms|[\d.]+ s)/);
  expect(await rig.output('app')).toContain('Ignored SIGINT');
  const [worker] = await rig.workers('app');
  expect([worker?.pid, worker?.pm2_env.status]).toEqual([0, 'stopped']);
});

test('an app is asked to end once, by the signal or the message that it was declared with', async () => {
  await using rig = await Rig.create();
  const script = rig.fixture('tells-its-end.js');
  const apps = [
    { name: 'SIGINT-fork', exec_mode: 'fork' },
    { name: 'SIGINT-cluster', exec_mode: 'cluster' },
    { name: 'SIGUSR2-cluster', exec_mode: 'cluster', kill_signal: 'SIGUSR2' },
    { name: 'message-fork', exec_mode: 'fork', shutdown_with_message: true },
    { name: 'message-cluster', exec_mode: 'cluster', shutdown_with_message: true },
  ].map((app) => ({ ...app, script }));
  await rig.ok('start', await rig.write('ecosystem.json', JSON.stringify({ apps })));
  await rig.ok('stop', 'all');
  for (const { name } of apps) {
    expect(await rig.output(name), name).toBe(`Asked to end by ${name.replace(/-.*/, '')}\n`);
  }
});

test('restart, stop and delete let requests under way come to their end', async () => {
  await using rig = await Rig.create();
  const commands = ['restart', 'stop', 'delete'];
  const streams = new Map<string, { body: Promise<string> }[]>();
  for (const command of commands) {
    const port = await rig.serveScript(rig.fixture('streams.js'), '--name', command, '-i', '2');
    streams.set(command, [await beginGet(port), await beginGet(port), await beginGet(port)]);
  }
  await Promise.all(commands.map((command) => rig.ok(command, command)));
  for (const command of commands) {
    for (const { body } of streams.get(command) ?? []) expect((await body).split('\n'), command).toHaveLength(31);
  }
});

test('nothing of a process tree is left, not even who has gone away from it', async () => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture('family.sh'), '--name', 'family', '--kill-timeout', '2000');
  const output = await rig.until('the family to be there', async () => {
    const text = await rig.output('family');
    return text.includes('All there') && text;
  });
  const pids = [...output.matchAll(/\w+ (\d+)\n/g)].map(([, pid]) => Number(pid));
  expect(pids).toHaveLength(4);
  expect(pids.filter(isAlive)).toEqual(pids);
  await rig.ok('stop', 'family');
  expect(pids.filter(isAlive)).toEqual([]);
});

test('nothing waits in line: while one app drains, another is restarted and the list is shown', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('streams.js', '-i', '1');
  await rig.ok('start', rig.fixture('shell.sh'), '--name', 'other');
  const [other] = await rig.pids('other');
  const stream = await beginGet(port, '/endless');
  const stop = rig.open('stop', 'app');
  await rig.until('the app to drain', async () => (await rig.workers('app'))[0]?.pm2_env.status === 'stopping');
  await rig.ok('restart', 'other');
  expect((await rig.pids('other'))[0]).not.toBe(other);
  expect(stop.running).toBe(true);
  stream.hangUp();
  expect((await stop.done).code).toBe(0);
});
