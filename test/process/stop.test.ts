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

test.each([
  { flags: [], cause: 'SIGINT' },
  { flags: ['-i', '1'], cause: 'SIGINT' },
  { flags: ['-i', '1', '--shutdown-with-message'], cause: 'message' },
  { flags: ['--shutdown-with-message'], cause: 'message' },
])('started with $flags, an app is asked to end by $cause, once', async ({ flags, cause }) => {
  await using rig = await Rig.create();
  await rig.serve('tells-its-end.js', ...flags);
  await rig.ok('stop', 'app');
  expect((await rig.output('app')).match(/Asked to end by .*/g)).toEqual([`Asked to end by ${cause}`]);
});

test('kill_signal of the ecosystem file is the one that is sent', async () => {
  await using rig = await Rig.create();
  const app = { name: 'app', script: rig.fixture('tells-its-end.js'), instances: 1, kill_signal: 'SIGUSR2' };
  await rig.ok('start', await rig.write('ecosystem.json', JSON.stringify({ apps: [app] })));
  await rig.ok('restart', 'app');
  await rig.until('the signal to be told', async () => (await rig.output('app')).includes('Asked to end by SIGUSR2'));
});

test.each(['restart', 'stop', 'delete'])('%s lets requests under way come to their end', async (command) => {
  await using rig = await Rig.create();
  const port = await rig.serve('streams.js', '-i', '2');
  const streams = [await beginGet(port), await beginGet(port), await beginGet(port)];
  await rig.ok(command, 'app');
  for (const { body } of streams) expect((await body).split('\n')).toHaveLength(31);
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
