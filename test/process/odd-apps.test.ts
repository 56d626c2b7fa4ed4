import { expect, test } from 'vitest';
import { bodyOf } from '../helpers/http.ts';
import { Rig } from '../helpers/rig.ts';

test.each([
  { fixture: 'odd-messages.js', bytes: 0 },
  { fixture: 'long-line.js', bytes: 10_000_000 },
  { fixture: 'binary-output.js', bytes: 256_000 },
])('$fixture harms nobody, in either mode', async ({ fixture, bytes }) => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture('shell.sh'), '--name', 'neighbour');
  const neighbour = await rig.pids('neighbour');
  const daemon = rig.daemonPid();
  for (const flags of [['-i', '1'], []]) {
    const port = await rig.serve(fixture, ...flags);
    const [worker] = await rig.workers('app');
    await rig.until('the app to answer', async () => (await bodyOf(port)) === String(worker?.pid));
    const written = () => Buffer.byteLength(rig.read(worker?.pm2_env.pm_out_log_path ?? '', 'latin1'), 'latin1');
    await rig.until('all of its output', () => written() >= bytes);
    await rig.ok('restart', 'app');
    await rig.until('the app to answer again', () => bodyOf(port));
    await rig.ok('delete', 'app');
  }
  expect(await rig.pids('neighbour')).toEqual(neighbour);
  expect(rig.daemonPid()).toBe(daemon);
});
