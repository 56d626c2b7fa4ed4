import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test('pull, backward and forward move the repository of an app, and reload it only when that made a difference', async () => {
  await using rig = await Rig.create();
  const work = dirname(await rig.write('outside.js', 'setInterval(() => {}, 1e6)'));
  const [origin, clone] = [join(work, 'origin'), join(work, 'clone')];
  const git = async (cwd: string, ...args: string[]) => {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'init.defaultBranch=main'];
    return (await promisify(execFile)('git', [...identity, ...args], { cwd })).stdout.trim();
  };
  const commit = async (text: string) => {
    await writeFile(join(origin, 'app.js'), `console.log('${text}'); setInterval(() => {}, 1e6);`);
    await git(origin, 'add', '.');
    await git(origin, 'commit', '-qm', text);
  };
  await mkdir(origin);
  await git(origin, 'init', '-q');
  await commit('one');
  await git(work, 'clone', '-q', origin, clone);
  await rig.ok('start', join(clone, 'app.js'), '--cwd', clone, '--min-uptime', '50ms');
  const said = async (last: string) => {
    await rig.until(`the app says ${last}`, async () => (await rig.output('app')).endsWith(`${last}\n`));
    return rig.pids('app');
  };
  let pids = await said('one');
  expect((await rig.ok('pull', 'app')).stdout).toMatch(/Already up to date: [0-9a-f]+ one\n/);
  expect(await rig.pids('app')).toEqual(pids);
  await commit('two');
  for (const [command, text] of [
    ['pull', 'two'],
    ['backward', 'one'],
    ['forward', 'two'],
  ] as const) {
    const moved = await rig.ok(command, 'app');
    expect(moved.stdout).toContain(` ${text}\n`);
    const now = await said(text);
    expect(now).not.toEqual(pids);
    pids = now;
  }
  const updateWith = (command: string) =>
    writeFile(
      join(origin, 'ecosystem.json'),
      JSON.stringify({ name: 'app', script: 'app.js', post_update: [command] }),
    );
  await updateWith('echo "in $PWD" > updated');
  await commit('three');
  await rig.ok('pull', 'app');
  expect(await readFile(join(clone, 'updated'), 'utf8')).toBe(`in ${clone}\n`);
  pids = await said('three');
  await updateWith('exit 7');
  await commit('four');
  const broken = await rig.pm('pull', 'app');
  expect([broken.code, broken.stderr]).toEqual([
    1,
    expect.stringMatching(/"sh -c exit 7" failed with code 7[\s\S]*Nothing was reloaded/),
  ]);
  expect(await rig.pids('app')).toEqual(pids);
  await rig.ok('start', 'outside.js', '--min-uptime', '50ms');
  const none = await rig.pm('pull', 'outside');
  expect([none.code, none.stderr]).toEqual([
    1,
    expect.stringMatching(/not a git repository[\s\S]*Nothing was reloaded/),
  ]);
  expect((await rig.pm('pull', 'nobody')).stderr).toContain('Process or Namespace nobody not found');
});

test('the daemon profiles itself; rotation is built in', async () => {
  await using rig = await Rig.create();
  for (const [command, key] of [
    ['profile:cpu', 'nodes'],
    ['profile:mem', 'head'],
  ] as const) {
    const { stdout } = await rig.ok(command, '50');
    const [, path = ''] = /^Profile done in (.*)$/m.exec(stdout) ?? [];
    expect(JSON.parse(await readFile(path, 'utf8'))).toHaveProperty(key);
  }
  expect((await rig.pm('profile:cpu', 'long')).stderr).toContain('"long" is not a time in milliseconds');
  expect((await rig.ok('install', 'pm2-logrotate')).stdout).toContain('Rotation of logs is built in');
  await rig.ok('uninstall', 'pm2-logrotate');
  expect((await rig.ok('examples')).stdout).toContain('$ pm reload api');
});
