import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test('actions, metrics, signals, lines and the inspector reach a worker, and odd messages harm nobody', async () => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture('talks.js'), '--name', 'fork');
  await rig.ok('start', rig.fixture('talks.js'), '--name', 'pair', '-i', '2');
  const daemon = rig.daemonPid();
  await rig.until('the workers to report', async () => {
    const workers = await rig.jlist();
    return workers.every(({ pm2_env: { axm_monitor } }) => 'calls' in (axm_monitor as object)) && workers.length === 3;
  });

  const doubled = await rig.ok('trigger', 'pair', 'double', '21');
  expect(doubled.stdout).toContain('2 processes have received command double');
  expect(doubled.stdout).toContain('[pair:1:default]={"doubled":42,"slot":"0"}');
  expect(doubled.stdout).toContain('[pair:2:default]={"doubled":42,"slot":"1"}');
  const unknown = await rig.pm('trigger', 'fork', 'dubble');
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('"double", "mute"')]);
  const mute = await rig.pm('trigger', 'fork', 'mute', '--timeout', '100');
  expect([mute.code, mute.stderr]).toEqual([1, expect.stringContaining('did not answer to "mute" within 100 ms')]);

  await rig.ok('sendSignal', 'USR2', 'all');
  await rig.ok('send', '0', 'hello', 'there');
  await rig.until('the line', async () => (await rig.output('fork')).includes('Stdin hello there'));
  for (const name of ['fork', 'pair']) {
    await rig.until('the signal', async () => (await rig.output(name)).includes('Signal SIGUSR2'));
  }
  expect((await rig.pm('send', '1', 'hello')).stderr).toContain('has no stdin');
  const attached = rig.open('attach', '0');
  await rig.until('the follower of the log to be there', async () => {
    await rig.ok('send', '0', 'are you there');
    return attached.stdout.includes('Stdin are you there');
  });
  attached.kill('SIGINT');
  expect((await attached.done).code).toBe(0);

  const [, url = ''] = (await rig.ok('inspect', '1')).stdout.match(/\[pair\]\(1\) ws:\/\/(127.0.0.1:\d+)\//) ?? [];
  const targets = await (await fetch(`http://${url}/json`)).json();
  expect(targets).toEqual([expect.objectContaining({ type: 'node' })]);

  expect((await rig.ok('describe', '1')).stdout).toMatch(/actions .* double, mute/);
  // tx2 sends a metric once a second.
  await rig.until('the metric', async () => /calls .* 1/.test((await rig.ok('describe', '1')).stdout));
  expect((await rig.jlist()).map(({ pm2_env }) => pm2_env.restart_time)).toEqual([0, 0, 0]);
  expect(rig.daemonPid()).toBe(daemon);
});
