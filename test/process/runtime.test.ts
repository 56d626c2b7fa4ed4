import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { get } from '../helpers/http.ts';
import { Rig } from '../helpers/rig.ts';

/** The program, started by its first line, as a container starts it. Its output as bytes. */
function pmRuntime(rig: Rig, args: readonly string[], before: readonly string[] = []) {
  const program = join(dirname(inject('pmBin')), '../bin/pm-runtime.js');
  const [file = program, ...rest] = [...before, program, ...args];
  const child = spawn(file, rest, { cwd: rig.work, env: rig.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  child.stdout.on('data', (chunk: Buffer) => said.stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.stderr.push(chunk));
  const text = (stream: 'stdout' | 'stderr') => Buffer.concat(said[stream]).toString('latin1');
  return {
    child,
    text,
    done: once(child, 'close').then(([code]) => ({ code, out: text('stdout'), err: text('stderr') })),
  };
}

const BYTES = '\xff\xfe\x00\r\n\xc3';

test('output passes byte for byte however slowly it is read, no file is written, and the exit code is that of the app', async () => {
  await using rig = await Rig.create();
  const lines = 20_000;
  const run = pmRuntime(rig, ['start', rig.fixture('says-bytes.js'), '--no-autorestart', '--', '7', String(lines)]);
  run.child.stdout.pause();
  await rig.until('the app to fill the pipe', () => run.text('stderr') !== '');
  run.child.stdout.resume();
  const { code, out, err } = await run.done;
  expect([code, err]).toEqual([7, `error ${BYTES}`]);
  const line = (i: number) => `${i} ${Buffer.from('é'.repeat(200)).toString('latin1')}\n`;
  expect(out === `${BYTES}${Array.from({ length: lines }, (_, i) => line(i)).join('')}tail`).toBe(true);
  await rig.until('nothing to be left', () => rig.processes().length === 0);
  expect((await rig.pm('ls')).stdout).not.toContain('says-bytes');
  expect(rig.transcript()).not.toContain('logs/says-bytes');
});

test('it ends with the last app: by signal 128 more, with the code of the first that failed, 0 for a job that is done', async () => {
  await using rig = await Rig.create();
  const killed = await rig.pm('runtime', 'kill -9 $$', '--no-autorestart');
  expect([killed.code, killed.stderr]).toEqual([137, '']);
  const exits = (code: number, after: string) => ({
    name: `e${code}`,
    script: `sleep ${after}; exit ${code}`,
    autorestart: false,
  });
  await rig.write('ecosystem.json', JSON.stringify({ apps: [exits(5, '0.3'), exits(6, '0.6'), exits(0, '0')] }));
  expect((await rig.pm('runtime')).code).toBe(5);
  expect((await rig.pm('runtime', 'ecosystem.json', '--only', 'e0')).code).toBe(0);
  const errored = await rig.pm('runtime', rig.fixture('exits-zero.js'), '--max-restarts', '2');
  expect(errored.code).toBe(1);
  expect(errored.stderr).toMatch(
    /"exits-zero" \(0\) exited with code 0, and is started again\.\n(.*\n)*.*and was given up\.\n$/,
  );
  const missing = await rig.pm('runtime', 'nowhere.js');
  expect([missing.code, missing.stderr.includes('Script not found')]).toEqual([1, true]);
  const mistyped = await rig.pm('runtime', 'app.js', '--jsn');
  expect([mistyped.code, mistyped.stderr.includes('Did you mean --json?')]).toEqual([1, true]);
});

test('one signal stops every app gracefully and is exit 0; restarts and the death of daemon and master are survived', async () => {
  await using rig = await Rig.create();
  rig.env.PORT = String(await rig.freePort());
  const port = Number(rig.env.PORT);
  const run = rig.open('runtime', rig.example('http/server.js'), '-i', '2', '--name', 'web', '--json', '--secret', 'x');
  delete rig.env.PORT; // taken
  const online = async (name: string) =>
    (await rig.workers(name)).filter(({ pm2_env }) => pm2_env.status === 'online').length;
  await rig.until('both to serve', async () => (await online('web')) === 2);
  const other = await rig.pm('runtime', rig.fixture('ticks.js'));
  expect([other.code, other.stderr.includes('Something else runs apps in')]).toEqual([1, true]);
  const [pid = 0] = await rig.pids('web');
  process.kill(rig.daemonPid() ?? 0, 'SIGKILL');
  process.kill(rig.parentOf(pid), 'SIGKILL');
  await rig.until(
    'another worker to serve',
    async () => !(await rig.pids('web')).includes(pid) && (await get(port)).status === 200,
  );
  await rig.ok('start', rig.fixture('tells-its-end.js'), '--name', 'more');
  await rig.until('the other app', async () => (await online('more')) === 1);
  await rig.ok('stop', 'web');
  run.kill('SIGINT');
  run.kill('SIGTERM');
  const { code, stdout } = await run.done;
  expect(code).toBe(0);
  const told = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(told.at(-1)).toMatchObject({ app_name: 'more', type: 'out', process_id: 2, slot: 0 });
  await rig.until('nothing to be left', () => rig.processes().length === 0);
});

test('lines of several workers stay whole; who reads stdout may go: the apps stop and nobody complains', async () => {
  await using rig = await Rig.create();
  await rig.write(
    'flood.js',
    "const line = (process.env.NODE_APP_INSTANCE + 'x'.repeat(999) + '\\n').repeat(50); const go = () => process.stdout.write(line, go); go();",
  );
  const run = pmRuntime(rig, ['flood.js', '-i', '2', '--raw']);
  await rig.until(
    'both to write',
    () => run.text('stdout').length > 3_000_000 && /^1/m.test(run.text('stdout')) && /^0/m.test(run.text('stdout')),
  );
  run.child.stdout.destroy();
  const { code, out, err } = await run.done;
  const torn = out
    .split('\n')
    .slice(0, -1)
    .filter((line) => !/^[01]x{999}$/.test(line));
  expect([code, err, torn]).toEqual([0, '', []]);
  await rig.until('nothing to be left', () => rig.processes().length === 0);
});

test.skipIf(process.getuid?.() !== 0)(
  'as the first process of a container it leaves no zombie, and passes signals and codes on',
  async () => {
    await using rig = await Rig.create();
    const alone = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
    const run = pmRuntime(rig, [rig.fixture('leaves-orphans.js')], alone);
    await rig.until('the orphans', () => run.text('stdout').startsWith('orphans '));
    const [init] = rig.processes().filter(({ command }) => command.startsWith('sh ') && command.includes('init.sh'));
    expect(init).toBeDefined();
    const zombies = () =>
      readFileSync(`/proc/${init?.pid}/task/${init?.pid}/children`, 'utf8').trim().split(' ').length - 1;
    await rig.until('every orphan to be reaped', () => zombies() === 0);
    process.kill(init?.pid ?? 0, 'SIGTERM');
    expect((await run.done).code).toBe(0);
    const failed = await pmRuntime(rig, [rig.fixture('says-bytes.js'), '--no-autorestart', '--', '9'], alone).done;
    expect([failed.code, failed.out]).toEqual([9, `${BYTES}tail`]);
  },
);
