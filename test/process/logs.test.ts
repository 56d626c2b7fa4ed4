import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

/** The numbers that one worker printed, in the order they were shown. */
const numbersOf = (text: string, pid: number | undefined): number[] =>
  [...text.matchAll(new RegExp(`^${pid} (\\d+)$`, 'gm'))].map(([, number]) => Number(number));

const isWithoutGap = (numbers: readonly number[]): boolean =>
  numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0) + 1);

test('history and new lines join, over the death of the daemon; a worker that comes later is heard from its first line', async () => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture('prints-lines.js'), '--name', 'app', '-i', '1');
  const [first] = await rig.pids('app');
  await rig.until('some history', async () => numbersOf(await rig.output('app'), first).length > 20);
  const logs = rig.open('logs', 'app', '--raw', '--out', '--lines', '10');
  const heard = (pid: number | undefined) => numbersOf(logs.stdout, pid);
  await rig.until('history and new lines', () => heard(first).length > 20);

  const old = rig.daemonPid();
  process.kill(old ?? 0, 'SIGKILL');
  const before = heard(first).length;
  await rig.until('another daemon', () => rig.daemonPid() !== old && rig.daemonPid());
  await rig.until('more lines', () => heard(first).length > before + 20);

  await rig.ok('scale', 'app', '2');
  const second = (await rig.pids('app')).find((pid) => pid !== first);
  await rig.until('the new worker to be heard', () => heard(second).length > 20);
  logs.kill('SIGINT');
  expect((await logs.done).code).toBe(0);
  expect(isWithoutGap(heard(first))).toBe(true);
  expect(heard(second)[0]).toBe(0);
  expect(isWithoutGap(heard(second))).toBe(true);
});

test('what an app prints that is started again while the reader is stopped is heard from its first line', async () => {
  await using rig = await Rig.create();
  const script = await rig.write(
    'burst.js',
    'for (let n = 0; n < 20; n++) console.log("line", n); setInterval(() => {}, 1000)',
  );
  await rig.ok('start', script, '--name', 'app');
  await rig.until('its lines', async () => (await rig.output('app')).includes('line 19'));
  await rig.ok('delete', 'app');
  const other = await rig.write('ticks.js', 'setInterval(() => console.log("tick"), 50)');
  await rig.ok('start', other, '--name', 'other');
  const logs = rig.open('logs', '--raw', '--lines', '0');
  await logs.prints(/tick/);
  process.kill(logs.child.pid ?? 0, 'SIGSTOP');
  await rig.ok('start', script, '--name', 'app');
  process.kill(logs.child.pid ?? 0, 'SIGCONT');
  await logs.prints(/line 19/);
  expect(logs.stdout.match(/^line \d+$/gm)).toEqual(Array.from({ length: 20 }, (_, n) => `line ${n}`));
});

test('the dates of lines and the times of rotation are in the zone of TZ, which reaches no app by itself', async () => {
  await using rig = await Rig.create();
  const script = await rig.write(
    'zone.js',
    'console.log("zone", new Date().getHours(), process.env.TZ); setInterval(() => {}, 1000)',
  );
  rig.env.TZ = 'Asia/Kolkata';
  await rig.ok('start', script, '--name', 'there', '-i', '1', '--log-date-format', 'HH Z');
  await rig.until('its line', async () => /^(\d\d) \+05:30: zone \d+ Asia\/Kolkata$/m.test(await rig.output('there')));
  const [, logged, said] = /^(\d\d) .* zone (\d+)/.exec(await rig.output('there')) ?? [];
  expect(Number(logged)).toBe(Number(said));
  delete rig.env.TZ;
  await rig.ok('start', script, '--name', 'here', '-i', '1');
  await rig.until('its line', async () => /^zone \d+ undefined$/m.test(await rig.output('here')));
});

test.each([
  ['cluster', ['-i', '1']],
  ['fork', []],
])('%s mode: not one line that an app wrote before it was killed is lost', async (_mode, flags) => {
  await using rig = await Rig.create();
  await rig.pm('start', rig.fixture('dies-talking.js'), '--name', 'app', '--no-autorestart', ...flags);
  await rig.until('the end of the app', async () => (await rig.workers('app'))[0]?.pm2_env.status !== 'online');
  const lines = Array.from({ length: 50_000 }, (_, line) => `line ${line} é\n`);
  expect(await rig.output('app')).toBe(`${lines.join('')}unfinished é\n`);
});

test('the forms of PM2; a wrong target and a wrong option say so', async () => {
  await using rig = await Rig.create();
  const script = await rig.write(
    'talks.js',
    'console.log("\\x1b[2J out"); console.error("err"); setInterval(() => {}, 1000)',
  );
  await rig.ok('start', script, '--name', 'talks');
  const shown = async (...args: string[]) => (await rig.ok('logs', 'talks', '--nostream', ...args)).stdout;

  const path = (kind: string) => `${rig.home}/logs/talks-${kind}.log last 15 lines:`;
  const all = await shown();
  expect(all).toMatch(
    /^\[TAILING\] Tailing last 15 lines for \[talks\] process \(change the value with --lines option\)\n/,
  );
  expect(all).toContain(`${path('out')}\n0|talks    | \u001b[2J out\n`);
  expect(all).toContain(`${path('error')}\n0|talks    | err\n`);
  expect(await shown('--err', '--raw')).toBe('err\n');
  expect(await shown('--out', '--raw', '--lines', '0')).toBe('');
  expect(JSON.parse(await shown('--err', '--json'))).toMatchObject({
    message: 'err',
    type: 'err',
    process_id: 0,
    app_name: 'talks',
  });
  expect((await rig.ok('logs', '--nostream')).stdout).toContain('PM2        | ');

  expect(await rig.pm('logs', 'nobody')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('nobody not found'),
  });
  expect(await rig.pm('logs', '--lines', 'many')).toMatchObject({ code: 1, stderr: expect.stringContaining('"many"') });
});

test('who reads no further ends it quietly', async () => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture('prints-lines.js'), '--name', 'app');
  const logs = rig.open('logs', 'app');
  await logs.prints(/0\|app {6}\| \d+ \d+\n/);
  logs.child.stdout?.destroy();
  expect(await logs.done).toMatchObject({ code: 0, stderr: '' });
});
