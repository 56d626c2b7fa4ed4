import { expect, test } from 'vitest';
import { Load } from '../helpers/load.ts';
import { Rig } from '../helpers/rig.ts';

test.each([
  { fixture: 'throws-at-boot.js', cause: 'exited with code 1', stderr: 'The database password is missing' },
  { fixture: 'never-listens.js', cause: 'did not listen within 1', stderr: 'Still waiting for the database' },
  { fixture: 'exits-early.js', cause: 'exited with code 3', stderr: 'The licence has run out' },
  { fixture: 'exits-zero.js', cause: 'exited with code 0', stderr: 'Nothing to do, bye' },
])('a reload to $fixture is aborted and disturbs nobody', async ({ fixture, cause, stderr }) => {
  await using rig = await Rig.create();
  const port = await rig.freePort();
  rig.env.PORT = String(port);
  const script = await rig.deploy('http.js', 'app.js');
  await rig.ok('start', script, '--name', 'app', '-i', '2', '--listen-timeout', '1500');
  const before = await rig.workers('app');
  const loads = [Load.start({ port, clients: 3 }), Load.start({ port, clients: 3, keepAlive: false })];
  await rig.until('answers', () => loads.every(({ counts }) => counts.ok > 5));

  await rig.deploy(fixture, 'app.js');
  const reload = await rig.pm('reload', 'app');
  for (const load of loads) await load.stop();

  expect(reload.code).toBe(1);
  expect(reload.stderr).toContain(cause);
  expect(reload.stderr).toContain(stderr);
  expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
  expect(await rig.workers('app')).toMatchObject(
    before.map(({ pid, pm_id, pm2_env: { status, restart_time, pm_uptime } }) => ({
      pid,
      pm_id,
      pm2_env: { status, restart_time, pm_uptime },
    })),
  );

  await rig.deploy('http.js', 'app.js');
  await rig.ok('reload', 'app'); // the next good one goes through
});

test('a failure in the second slot stops the roll and says who runs what', async () => {
  await using rig = await Rig.create();
  const port = await rig.freePort();
  rig.env.PORT = String(port);
  const script = await rig.deploy('http.js', 'app.js');
  await rig.ok('start', script, '--name', 'app', '-i', '2');
  const [first, second] = await rig.pids('app');
  await rig.write(
    'app.js',
    `if (process.env.NODE_APP_INSTANCE === '1') throw new Error('No licence for a second one');
     require(${JSON.stringify(rig.fixture('http.js'))});`,
  );
  const reload = await rig.pm('reload', 'app');
  expect(reload.code).toBe(1);
  expect(reload.stderr).toContain('No licence for a second one');
  const after = await rig.pids('app');
  expect(after[0]).not.toBe(first);
  expect(after[1]).toBe(second);
});

test('Ctrl-C aborts a reload before the first worker is replaced', async () => {
  await using rig = await Rig.create();
  const port = await rig.freePort();
  rig.env.PORT = String(port);
  const script = await rig.deploy('http.js', 'app.js');
  await rig.ok('start', script, '--name', 'app', '-i', '2');
  const before = await rig.pids('app');
  await rig.deploy('never-listens.js', 'app.js');
  const reload = rig.open('reload', 'app');
  await rig.until(
    'the successor to run',
    () => rig.processes().filter(({ command }) => command.includes(script)).length > 2,
  );
  reload.kill('SIGINT');
  expect((await reload.done).code).not.toBe(0);
  await rig.until(
    'the successor to be gone',
    () => rig.processes().filter(({ command }) => command.includes(script)).length === 2,
  );
  expect(await rig.pids('app')).toEqual(before);
});
