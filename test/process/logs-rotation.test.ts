import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, statSync, utimesSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

const numbersOf = (text: string): number[] =>
  [...text.matchAll(/^(\d{8}) x{90}$/gm)].map(([, number]) => Number(number));

const isWithoutGap = (numbers: readonly number[]): boolean =>
  numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0) + 1);

/** proc(5): /proc/<pid>/statm, in pages. */
const residentBytes = (pid: number): number => Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;

const LIMITS = ['--log-max-size', '300k', '--log-keep', '4'];

test('full files are put away and the oldest deleted; who reads meanwhile misses nothing and sees nothing twice', async () => {
  await using rig = await Rig.create();
  const folder = join(rig.home, 'logs');
  const neighbour = await rig.write('../h/logs/app-2-out.log.2026-01-01_00-00-00.1', 'not mine\n');
  await rig.serve('floods.js', ...LIMITS);
  const logs = rig.open('logs', 'app', '--raw', '--lines', '100000');
  const rotated = () => readdirSync(folder).filter((name) => /^app-out\.log\..*\.\d+(\.gz)?$/.test(name));
  await rig.until('the sixth rotation', () => rotated().some((name) => /\.6(\.gz)?$/.test(name)));
  expect(rotated().length).toBeLessThanOrEqual(5); // one may just have been put away
  await rig.ok('stop', 'app');
  const last = numbersOf(rig.read(join(folder, 'app-out.log'))).at(-1);
  await rig.until('the last line to be heard', () => numbersOf(logs.stdout).at(-1) === last);
  expect(isWithoutGap(numbersOf(logs.stdout))).toBe(true);

  await rig.until('all to be compressed', () => rotated().every((name) => name.endsWith('.gz')));
  expect(rotated().length).toBe(4);
  const { stdout } = await rig.ok('logs', 'app', '--raw', '--nostream', '--out', '--lines', '5000');
  expect(numbersOf(stdout)).toEqual(Array.from({ length: 5000 }, (_, at) => (last ?? 0) - 4999 + at));
  const found = await rig.ok('logs', 'app', '--raw', '--nostream', '--grep', '^\\d{5}000 ', '--lines', '2');
  expect(numbersOf(found.stdout)).toEqual([1, 0].map((back) => (Math.floor((last ?? 0) / 1000) - back) * 1000));
  expect(rig.read(neighbour)).toBe('not mine\n');
});

test('a reader that is stopped holds up no app, makes no process grow, and goes on where it was', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('floods.js', '--log-max-size', '1m', '--log-keep', '100');
  const lines = async () => Number(await (await fetch(`http://127.0.0.1:${port}`)).text());
  const logs = rig.open('logs', 'app', '--raw', '--lines', '0');
  await logs.prints(/^\d{8} x{90}$/m);
  const { pid = 0 } = logs.child;
  const writers = [rig.daemonPid() ?? 0, rig.parentOf((await rig.pids('app'))[0] ?? 0)];
  process.kill(pid, 'SIGSTOP');
  const before = writers.map(residentBytes);
  const from = await lines();
  await rig.until('50,000 more lines', async () => (await lines()) > from + 50_000, 30_000);
  for (const [index, writer] of writers.entries())
    expect(residentBytes(writer) - (before[index] ?? 0)).toBeLessThan(20 * 2 ** 20);
  process.kill(pid, 'SIGCONT');
  await rig.until('what was written meanwhile', () => (numbersOf(logs.stdout).at(-1) ?? 0) > from + 50_000);
  expect(isWithoutGap(numbersOf(logs.stdout))).toBe(true);
});

test.each([
  ['an app below its cap', ['--log-max-total', '800k'], {}],
  ['a home below its cap', [], { max_home: '800k', max_size: '100k', retain: 'all', compress: 'false' }],
])('all logs of %s, and what was put away is said', async (_what, flags, settings) => {
  await using rig = await Rig.create();
  await rig.write('../h/module_conf.json', JSON.stringify({ 'pm2-logrotate': settings }));
  const folder = join(rig.home, 'logs');
  const size = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  const total = () => readdirSync(folder).reduce((sum, name) => sum + size(name), 0);
  let most = 0;
  await rig.serve('floods.js', '--log-max-size', '100k', '--log-keep', '1000', ...flags);
  await rig.until('more than twice the cap to be written', () => {
    most = Math.max(most, total());
    return readdirSync(folder).some((name) => /\.log\..*\.2\d(\.gz)?$/.test(name));
  });
  expect(most).toBeGreaterThan(650_000);
  expect(most).toBeLessThanOrEqual(800 * 1024);
  // In the moment in which it is put away, the log is empty.
  await rig.until('the log to be listed', async () =>
    /│ 0 +│ app +│ out +│ [\d.]+kb +│ 100kb +│ \d+ of 1000 /.test((await rig.ok('logrotate')).stdout),
  );
});

test('a log can be put away by hand, and begins anew', async () => {
  await using rig = await Rig.create();
  const script = await rig.write('quiet.js', 'console.log("first"); setInterval(() => {}, 1000)');
  await rig.ok('start', script, '--name', 'quiet');
  const log = join(rig.home, 'logs', 'quiet-out.log');
  await rig.until('the line', () => rig.read(log) === 'first\n');
  expect((await rig.ok('logrotate', 'quiet', '--force')).stdout).toBe(`[PM2] Put away ${log}\n`);
  expect(rig.read(log)).toBe('');
  expect((await rig.ok('logrotate', '--force')).stdout).toMatch(/Nothing to put away/);
  expect((await rig.ok('logs', 'quiet', '--nostream', '--raw')).stdout).toBe('first\n');
  expect(await rig.pm('logrotate', 'nobody')).toMatchObject({ code: 1, stderr: expect.stringContaining('not found') });
});

test('a log is put away at the times of its pattern', async () => {
  await using rig = await Rig.create();
  const script = await rig.write('quiet.js', 'console.log("first"); setInterval(() => {}, 1000)');
  await rig.ok('start', script, '--name', 'quiet', '--log-rotate', '* * * * * *');
  await rig.until('it to be put away', () => readdirSync(join(rig.home, 'logs')).some((name) => name.endsWith('.1')));
  expect(rig.read(join(rig.home, 'logs', 'quiet-out.log'))).toBe('');
  expect(await rig.pm('start', script, '--log-rotate', 'often')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--log-rotate must be a pattern of cron'),
  });
});

test('what is set for all apps holds at once for those that run; a value that makes no sense is refused', async () => {
  await using rig = await Rig.create();
  const folder = join(rig.home, 'logs');
  await rig.serve('floods.js');
  await rig.ok('set', 'pm2-logrotate:max_size', '100K');
  await rig.until('a rotation', () => readdirSync(folder).some((name) => name.endsWith('.1')));
  await rig.ok('set', 'pm2-logrotate:rotateInterval', '* * * * * *');
  await rig.ok('set', 'pm2-logrotate:max_size', '0');
  const small = () =>
    readdirSync(folder).filter((name) => name.startsWith('app-out.log.') && !name.endsWith('.gz')).length;
  await rig.until('another, of a small file', () => small() > 0);
  for (const [key, value] of [
    ['max_size', 'banana'],
    ['retain', '-1'],
    ['compress', 'maybe'],
    ['rotateInterval', 'often'],
  ] as const) {
    const refused = await rig.pm('set', `pm2-logrotate:${key}`, value);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(`${key} must be`)]);
  }
});

test('a time at which the app did not run is made up for when it starts', async () => {
  await using rig = await Rig.create();
  const script = await rig.write('quiet.js', 'console.log(process.pid); setInterval(() => {}, 1000)');
  await rig.ok('start', script, '--name', 'quiet', '--log-rotate', '0 0 * * *');
  const log = join(rig.home, 'logs', 'quiet-out.log');
  await rig.until('the line', () => rig.read(log) !== '');
  await rig.ok('stop', 'quiet');
  const longAgo = Date.now() / 1000 - 2 * 86_400;
  utimesSync(log, longAgo, longAgo);
  await rig.ok('restart', 'quiet');
  await rig.until('the old line to be put away', () =>
    readdirSync(join(rig.home, 'logs')).some((name) => /^quiet-out\.log\..*\.1$/.test(name)),
  );
});

test('logrotate(8) takes the file that is written for it, and nothing of what follows is lost', async () => {
  await using rig = await Rig.create();
  await rig.ok(
    'start',
    await rig.write('counts.js', 'let n = 0; setInterval(() => console.log(n++), 5)'),
    '--name',
    'counts',
  );
  const log = join(rig.home, 'logs', 'counts-out.log');
  await rig.until('some lines', () => rig.read(log).includes('20\n'));
  const { username } = userInfo();
  const written = (await rig.ok('logrotate', '-u', username, '--print')).stdout;
  expect(written).toContain(`su ${username} `);
  const file = await rig.write(
    'logrotate.conf',
    process.getuid?.() === 0 ? written : written.replace(/^ *su .*$/m, ''),
  );
  execFileSync('/usr/sbin/logrotate', ['--force', '--state', join(rig.work, 'state'), file]);
  await rig.until('lines in the new file', () => rig.read(log).split('\n').length > 20);
  const numbers = `${rig.read(`${log}.1`)}${rig.read(log)}`.trimEnd().split('\n').map(Number);
  expect(numbers).toEqual(numbers.map((_, index) => index));
  const refused = await rig.pm('logrotate', '-u', 'nobody at all');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('no user called "nobody at all"')]);
});

test.each(['reloadLogs', 'SIGUSR2'])('after logrotate(8) has renamed a file, %s makes it anew', async (how) => {
  await using rig = await Rig.create();
  const script = await rig.write('quiet.js', 'console.log("first"); setInterval(() => {}, 1000)');
  await rig.ok('start', script, '--name', 'quiet');
  const log = join(rig.home, 'logs', 'quiet-out.log');
  await rig.until('the line', () => rig.read(log) === 'first\n');
  renameSync(log, `${log}.1`);
  if (how === 'SIGUSR2') process.kill(rig.daemonPid() ?? 0, how);
  else expect((await rig.ok(how)).stdout).toMatch(/reloaded/);
  await rig.until('the file', () => statSync(log, { throwIfNoEntry: false }));
});
