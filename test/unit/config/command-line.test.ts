import { chmodSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { specFromCommandLine } from '../../../src/config/command-line.ts';
import { Folder } from './folder.ts';

test("a script with flags, under commander's names", async () => {
  using folder = new Folder({ 'app.js': '' });
  const flags = {
    name: 'x',
    instances: 'max',
    killTimeout: '5s',
    error: 'e.log',
    log: true,
    autostart: false,
    vizion: false,
    filterEnv: ['A'],
  };
  const made = await specFromCommandLine(
    'app.js',
    ['-v', 'a b'],
    folder.context({ flags, shellEnv: { PATH: '/bin', A: '1' } }),
  );
  expect(made).toMatchObject({
    ok: true,
    value: {
      name: 'x',
      args: ['-v', 'a b'],
      execMode: 'cluster',
      instancesGiven: true,
      killTimeoutMs: 5_000,
      errorFile: folder.at('e.log'),
      logFile: true,
      autostart: false,
      env: { PATH: '/bin', PWD: folder.path },
      configFile: null,
      maxRestarts: 16,
    },
  });
});

test('a link is kept as written', async () => {
  using folder = new Folder({ 'v1/app.js': '' });
  symlinkSync('v1', folder.at('current'));
  const made = await specFromCommandLine('current/app.js', [], folder.context());
  expect(made).toMatchObject({ value: { script: folder.at('current/app.js'), cwd: folder.path } });
});

test('a line for the shell takes the arguments', async () => {
  using folder = new Folder({ 'my app.js': '' });
  const line = await specFromCommandLine('npm run dev', ['--', "it's"], folder.context());
  expect(line).toMatchObject({
    value: { name: 'npm run dev', args: ['-c', `npm run dev -- 'it'\\''s'`], interpreter: 'none' },
  });
  const file = await specFromCommandLine('my app.js', [], folder.context());
  expect(file).toMatchObject({ value: { name: 'my app', interpreter: 'node' } });
});

test.each<[script: string, flags: Record<string, unknown>, code: string, text: RegExp]>([
  ['nowhere.js', {}, 'script/not-found', /Script not found: \/.*nowhere\.js/],
  ['no such.py', { interpreter: 'sh' }, 'script/not-found', /no such\.py/],
  ['app.js/x', {}, 'script/not-found', /app\.js\/x/],
  ['folder', {}, 'script/directory', /folder\/index\.js/],
  ['loop', {}, 'script/unreadable', /circle/],
  ['app.js', { interpreter: 'pyhton' }, 'interpreter/not-found', /Interpreter pyhton is NOT AVAILABLE in PATH/],
  ['app.js', { interpreter: 'none' }, 'script/unreadable', /chmod/],
  [
    'app.js',
    { killTimeout: 'soon', maxRestarts: '-1' },
    'usage/invalid',
    /^--max-restarts must .*\n--kill-timeout must/,
  ],
  ['app.js', { watch: 5 }, 'usage/invalid', /^--watch must be true, false, a path/],
  ['app.js', { treekill: 'maybe' }, 'usage/invalid', /^--no-treekill must be true or false/],
  ['app.js', { name: 'all' }, 'usage/invalid', /^--name must be/],
  ['app.js', { namespace: 'a/b' }, 'usage/invalid', /^--namespace must be/],
  ['app.js', { output: 'folder' }, 'usage/invalid', /^--output must be a file/],
])('%s with %j: %s', async (script, flags, code, text) => {
  using folder = new Folder({ 'app.js': '', 'folder/index.js': '' });
  symlinkSync('loop', folder.at('loop'));
  const made = await specFromCommandLine(script, [], folder.context({ flags }));
  expect(made).toMatchObject({ ok: false, problem: { code } });
  expect(made.ok || `${made.problem.message} ${made.problem.hint}`).toMatch(text);
});

test.skipIf(process.getuid?.() === 0)('a script without permission', async () => {
  using folder = new Folder({ 'app.js': '' });
  chmodSync(folder.at('app.js'), 0);
  expect(await specFromCommandLine('app.js', [], folder.context())).toMatchObject({
    problem: { code: 'script/unreadable' },
  });
});

test('--env needs a file', async () => {
  using folder = new Folder({ 'app.js': '' });
  const made = await specFromCommandLine('app.js', [], folder.context({ envName: 'production' }));
  expect(made).toMatchObject({ problem: { code: 'usage/invalid', message: expect.stringContaining('--env') } });
});
