import { expect, test } from 'vitest';
import { Load } from '../helpers/load.ts';
import { identity, Rig } from '../helpers/rig.ts';

const broken = [
  {
    name: 'throws',
    fixture: 'throws-at-boot.js',
    cause: 'exited with code 1',
    stderr: 'The database password is missing',
  },
  {
    name: 'idles',
    fixture: 'never-listens.js',
    cause: 'did not listen within 1',
    stderr: 'Still waiting for the database',
  },
  { name: 'exits', fixture: 'exits-early.js', cause: 'exited with code 3', stderr: 'The licence has run out' },
  { name: 'finishes', fixture: 'exits-zero.js', cause: 'exited with code 0', stderr: 'Nothing to do, bye' },
];

test('a reload to broken code is aborted with its cause, whatever kind of broken, and disturbs nobody', async () => {
  await using rig = await Rig.create();
  const loads: Load[] = [];
  for (const { name } of broken) {
    const script = await rig.deploy('http.js', `${name}.js`);
    const port = await rig.serveScript(script, '--name', name, '-i', '2', '--listen-timeout', '1500');
    loads.push(
      Load.start({ port, clients: 2, thinkMs: 10 }),
      Load.start({ port, clients: 2, thinkMs: 10, keepAlive: false }),
    );
  }
  await rig.until('answers', () => loads.every(({ counts }) => counts.ok > 5));
  const before = (await rig.jlist()).map(identity);

  for (const { name, fixture } of broken) await rig.deploy(fixture, `${name}.js`);
  const reloads = await Promise.all(broken.map(({ name }) => rig.pm('reload', name)));

  for (const [index, { code, stderr }] of reloads.entries()) {
    expect(code, stderr).toBe(1);
    expect(stderr).toContain(broken[index]?.cause);
    expect(stderr).toContain(broken[index]?.stderr);
  }
  expect((await rig.jlist()).map(identity)).toEqual(before);
  for (const { name } of broken) await rig.deploy('http.js', `${name}.js`);
  await rig.ok('reload', 'all'); // the next good one goes through
  for (const load of loads) await load.stop();
  expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
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
