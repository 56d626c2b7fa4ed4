import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test('machines read stdout alone, even when the daemon has to be started first', async () => {
  await using rig = await Rig.create();
  const first = await rig.ok('jlist');
  expect(first.stdout).toBe('[]');
  expect(first.stderr).toMatch(/^\[PM2\] Spawning .*PM_HOME=/);
  expect(await rig.ok('ping')).toMatchObject({ stdout: "{ msg: 'pong' }\n", stderr: '' });
});

test('a second start of a script is refused, declared otherwise with -f it restarts, by name too', async () => {
  await using rig = await Rig.create();
  const script = await rig.write('app.js', 'setInterval(() => {}, 1e6)');
  const start = await rig.ok('start', 'app.js', '--min-uptime', '50ms');
  expect(start.stdout).toContain(`[PM2] Starting ${script} in fork_mode (1 instance)\n[PM2] Done.\n┌`);
  const [pid] = await rig.pids('app');

  const again = await rig.pm('start', 'app.js');
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('[PM2][ERROR] Script already launched, add -f option to force re-execution\n');
  expect(await rig.pids('app')).toEqual([pid]);

  for (const args of [
    ['start', 'app.js', '-f', '--min-uptime', '60ms'],
    ['start', 'app'],
    ['start', '0'],
  ]) {
    const [before] = await rig.pids('app');
    await rig.ok(...args);
    const after = await rig.pids('app');
    expect(after).toHaveLength(1);
    expect(after[0]).not.toBe(before);
  }
});

test('an ecosystem file starts what is missing and restarts the rest; its name stands for its apps', async () => {
  await using rig = await Rig.create();
  await rig.write('app.js', 'setInterval(() => {}, 1e6)');
  const apps = (...names: string[]) =>
    JSON.stringify({ apps: names.map((name) => ({ name, script: 'app.js', min_uptime: 50, env: { FROM: 'file' } })) });
  await rig.write('ecosystem.json', apps('a'));
  const first = await rig.ok('start'); // finds the file by itself
  expect(first.stdout).toContain(
    '[PM2][WARN] Applications a not running, starting...\n[PM2] App [a] launched (1 instances)\n',
  );
  await rig.write('ecosystem.json', apps('a', 'b'));
  const second = await rig.ok('startOrRestart', 'ecosystem.json');
  expect(second.stdout).toContain('Applications b not running');
  expect(second.stdout).toContain('[PM2] Applying action restartProcessId on app [a](ids: [ 0 ])\n');
  expect(second.stdout).toContain('[PM2] [a](0) ✓\n');
  expect((await rig.jlist()).map(({ name, pm2_env }) => [name, pm2_env.status])).toEqual([
    ['a', 'online'],
    ['b', 'online'],
  ]);
  const stop = await rig.ok('stop', 'ecosystem.json', '--only', 'b');
  expect(stop.stdout).toContain('(ids: [ 1 ])');
  await rig.ok('delete', 'ecosystem.json');
  expect(await rig.jlist()).toEqual([]);
  const fed = await rig.feed(apps('fed'), 'start', '-');
  expect([fed.code, (await rig.jlist()).map(({ name }) => name)]).toEqual([0, ['fed']]);
});

test('--update-env brings variables of the shell in, and keeps those of the file', async () => {
  await using rig = await Rig.create();
  await rig.write('app.js', 'console.log(process.env.FROM, process.env.COLOR); setInterval(() => {}, 1e6)');
  await rig.write(
    'ecosystem.json',
    JSON.stringify({ apps: [{ name: 'app', script: 'app.js', min_uptime: 50, env: { FROM: 'file' } }] }),
  );
  rig.env.COLOR = 'red';
  await rig.ok('start', 'ecosystem.json');
  rig.env.COLOR = 'blue';
  await rig.ok('restart', 'app');
  await rig.ok('restart', 'app', '--update-env');
  await rig.until('three greetings', async () => (await rig.output('app')).split('\n').length > 3);
  expect(await rig.output('app')).toBe('file red\nfile red\nfile blue\n');
});

test('the receipt of a reload ends its output; describe shows what happened and no secret', async () => {
  await using rig = await Rig.create();
  rig.env.API_TOKEN = 'hunter2';
  await rig.serve('http.js', '-i', '2');
  const reload = await rig.ok('reload', 'app');
  expect(reload.stdout).toMatch(
    /\[PM2\] \[app\]\(1\) ✓\n\[PM2\] \[app\] generation 0 -> 1: 2 workers, \d+ requests? served, 0 failed, slowest drain [\d.]+ m?s\n$/,
  );
  const described = await rig.ok('describe', 'app');
  expect(described.stdout).toMatch(/│ generation +│ 1 /);
  expect(described.stdout).not.toContain('hunter2');
});

test('who stops reading ends the command quietly', async () => {
  await using rig = await Rig.create();
  await rig.ok('ping');
  const list = rig.open('ls');
  list.child.stdout?.destroy();
  const [code] = await once(list.child, 'close');
  expect([code, list.stderr]).toEqual([0, '']);
});

test('kill without a daemon starts none', async () => {
  await using rig = await Rig.create();
  const kill = await rig.ok('kill');
  expect(kill.stdout).toContain('[PM2] [v] All Applications Stopped\n');
  expect([kill.stderr, rig.processes()]).toEqual(['', []]);
});

test('options of PM2 stand on every command; on a restart by name they change the app, and its arguments too', async () => {
  await using rig = await Rig.create();
  await rig.write(
    'app.js',
    'console.log(process.execArgv[0], process.argv.slice(2).join()); setInterval(() => {}, 1e6)',
  );
  await rig.ok('start', 'app.js', '--min-uptime', '50ms', '--no-vizion', '--no-pmx', '--parallel', '2', '--', 'old');
  const options = ['--max-memory-restart', '300M', '--node-args=--no-warnings', '--cron', '0 3 * * *', '-f'];
  const restart = await rig.ok('restart', 'app', ...options, '-i', '2', '--', 'new', 'one');
  expect(restart.stderr).toBe('[PM2][WARN] --instances has no effect on "pm restart"\n');
  const [record] = await rig.jlist();
  expect(record).toMatchObject({
    name: 'app',
    pm2_env: {
      max_memory_restart: 300 * 1024 ** 2,
      node_args: ['--no-warnings'],
      args: ['new', 'one'],
      cron_restart: '0 3 * * *',
      restart_time: 1,
    },
  });
  await rig.until('both greetings', async () => (await rig.output('app')).includes('new'));
  expect(await rig.output('app')).toBe('undefined old\n--no-warnings new,one\n');
  await rig.ok('reload', 'app', '--kill-timeout', '3000');
  expect((await rig.jlist())[0]?.pm2_env).toMatchObject({ kill_timeout: 3000, args: ['new', 'one'] });
  expect((await rig.pm('restart', 'nobody', '-k', '1s')).stderr).toContain('Process or Namespace nobody not found');
  expect(await rig.pm('describe', 'nobody')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("nobody doesn't exist"),
  });
  expect(await rig.pm('flush', 'nobody')).toMatchObject({ code: 0, stdout: '[PM2] Logs flushed\n' });
});

test('an environment that a file does not have is a warning, and one that is mistyped a mistake', async () => {
  await using rig = await Rig.create();
  await rig.write('app.js', 'setInterval(() => {}, 1e6)');
  await rig.write(
    'ecosystem.json',
    JSON.stringify({ apps: [{ name: 'app', script: 'app.js', min_uptime: 50, env_production: { A: '1' } }] }),
  );
  const start = await rig.ok('start', 'ecosystem.json', '--env', 'development');
  expect(start.stdout).toContain('[PM2][WARN] Environment [development] is not defined in process file\n');
  const script = await rig.ok('start', 'app.js', '--env', 'production', '-n', 'script', '--min-uptime', '50ms');
  expect(script.stdout).toContain(
    '[PM2][WARN] --env picks "env_production" of an ecosystem file, and "app.js" is a script: it has',
  );
  expect((await rig.pm('start', 'ecosystem.json', '--env', 'prodution')).stderr).toContain(
    'Did you mean "production"?',
  );
});
