import { realpathSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bodyOf } from '../helpers/http.ts';
import { procOf } from '../helpers/proc.ts';
import { Rig } from '../helpers/rig.ts';

test('four workers of a CommonJS server answer on one port, each in its slot', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '4');
  const workers = await rig.workers('app');
  expect(workers.map(({ pm2_env }) => pm2_env.status)).toEqual(['online', 'online', 'online', 'online']);
  expect(workers.map(({ pm2_env }) => pm2_env.NODE_APP_INSTANCE)).toEqual([0, 1, 2, 3]);
  expect(workers.map(({ pm2_env }) => pm2_env.exec_mode)).toEqual(Array(4).fill('cluster_mode'));
  const answered = new Set<string>();
  for (let i = 0; i < 8; i++) answered.add(await bodyOf(port));
  expect(answered).toEqual(new Set(workers.map(({ pid }) => String(pid))));
});

test('fork mode runs Node, Python, a shell script and a binary, each as what it is', async () => {
  await using rig = await Rig.create();
  const port = await rig.freePort();
  rig.env.PORT = String(port);
  await Promise.all([
    rig.ok('start', rig.fixture('http.js'), '--name', 'node'),
    rig.ok('start', rig.fixture('python.py'), '--name', 'python', '--', 'Ada'),
    rig.ok('start', rig.fixture('shell.sh'), '--name', 'shell', '--', 'Ada'),
    rig.ok('start', 'sleep', '--name', 'binary', '--', '1000'),
  ]);

  const listed = (await rig.jlist()).sort((a, b) => a.name.localeCompare(b.name));
  const [binary, node] = listed;
  expect(listed.map(({ name, pm2_env }) => `${name} ${pm2_env.exec_mode} ${pm2_env.status}`)).toEqual(
    ['binary', 'node', 'python', 'shell'].map((name) => `${name} fork_mode online`),
  );
  expect(await bodyOf(port)).toBe(String(node?.pid));
  await rig.until('Python to say hello', async () => (await rig.output('python')).includes('Hello from Python, Ada\n'));
  await rig.until('the shell to say hello', async () =>
    (await rig.output('shell')).includes('Hello from a shell, Ada\n'),
  );
  expect(procOf(binary?.pid ?? 0)?.command).toBe('sleep 1000');
});

test('a CommonJS program sees a native process, and so does what it forks', async () => {
  await using rig = await Rig.create();
  const script = realpathSync(rig.fixture('describes-itself.js'));
  for (const flags of [['-i', '1'], []]) {
    const port = await rig.serve('describes-itself.js', ...flags, '--', '--color', 'red');
    const { environment, forked, ...view } = JSON.parse(await bodyOf(port));
    const cluster = flags.length > 0;
    expect(view).toEqual({
      argv: [script, '--color', 'red'],
      isMain: true,
      mainFile: script,
      execArgv: [],
      isWorker: cluster,
      workerId: cluster ? 'number' : 'undefined',
      send: 'function',
      instance: '0',
      messageListeners: cluster ? 1 : 0, // node:cluster's own
    });
    expect(environment).not.toContain('NODE_OPTIONS');
    expect(forked).toMatchObject({ isMain: true, execArgv: [], isWorker: false, argv: [script] });
    await rig.ok('delete', 'app');
  }
});

test('an ES module sees a native process', async () => {
  await using rig = await Rig.create();
  const script = realpathSync(rig.fixture('describes-itself.mjs'));
  const port = await rig.serve('describes-itself.mjs', '-i', '1', '--node-args', '--stack-size=900', '--', 'red');
  const view = JSON.parse(await bodyOf(port));
  expect(view).toMatchObject({
    argv: [script, 'red'],
    url: `file://${script}`,
    execArgv: ['--stack-size=900'],
    isWorker: true,
    instance: '0',
  });
  expect(view.isMain ?? true).toBe(true); // import.meta.main: Node 24.2 and later
});

test('a finished script exits, and an unhandled rejection crashes, in both modes', async () => {
  await using rig = await Rig.create();
  for (const flags of [[], ['-i', '1']]) {
    await rig.pm('start', rig.fixture('finishes.js'), '--name', 'finishes', '--no-autorestart', ...flags);
    await rig.pm('start', rig.fixture('rejects.js'), '--name', 'rejects', '--no-autorestart', ...flags);
    const ended = await rig.until('both to end', async () => {
      const workers = await rig.jlist();
      return workers.every(({ pm2_env }) => pm2_env.status === 'stopped') && workers;
    });
    expect(ended.map(({ name, pm2_env }) => [name, pm2_env.exit_code])).toEqual([
      ['finishes', 0],
      ['rejects', 1],
    ]);
    expect(await rig.output('finishes')).toContain('Finished\n');
    await rig.ok('delete', 'all');
  }
});
