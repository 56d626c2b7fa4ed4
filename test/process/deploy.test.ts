import { execFileSync } from 'node:child_process';
import { readlinkSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';
import { hasSshd, Sshd } from '../helpers/sshd.ts';

const run = test.skipIf(!hasSshd);

/** A project with a repository that others fetch from, and its deployment to this machine over ssh. */
async function makeProject(rig: Rig, sshd: Sshd, changes: object = {}) {
  const path = join(rig.work, "it's there");
  const origin = join(rig.work, 'origin.git');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: rig.work,
      encoding: 'utf8',
      env: { ...rig.env, GIT_CONFIG_GLOBAL: '/dev/null' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  const deployment = {
    user: userInfo().username,
    host: ['127.0.0.1'],
    port: sshd.port,
    key: sshd.key,
    ssh_options: ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'],
    repo: origin,
    path,
    ref: 'origin/main',
    'pre-setup': 'echo pre-setup',
    'post-setup': 'ls',
    'pre-deploy-local': 'echo here: $PWD',
    'pre-deploy': 'echo before: $(cat version)',
    'post-deploy': `echo "after: $(cat version) $COLOR"`,
    env: { COLOR: "it's red" },
    ...changes,
  };
  const app = { name: 'app', script: 'app.js', min_uptime: 50 };
  await rig.write('ecosystem.json', JSON.stringify({ apps: [app], deploy: { production: deployment } }));
  await rig.write('app.js', 'console.log(require("fs").readFileSync("version", "utf8")); setInterval(() => {}, 1e6)');
  git('init', '-q', '--bare', '-b', 'main', origin);
  git('init', '-q', '-b', 'main');
  git('remote', 'add', 'origin', origin);
  const commit = async (version: string) => {
    await rig.write('version', version);
    git('add', 'ecosystem.json', 'app.js', 'version');
    git('commit', '-q', '-m', version);
    return git('rev-parse', '--short', 'HEAD');
  };
  const push = () => git('push', '-q', '-u', 'origin', 'main');
  return { path, commit, push, git };
}

run('setup, deploy, revert and the history, over ssh', async () => {
  await using rig = await Rig.create();
  await using sshd = await Sshd.start(rig.work);
  const { path, commit, push, git } = await makeProject(rig, sshd);
  const one = await commit('one');
  push();
  const early = await rig.pm('deploy', 'production');
  expect([early.code, early.stderr.includes('run "setup" first')]).toEqual([1, true]);
  const setup = await rig.ok('deploy', 'production', 'setup');
  expect(setup.stdout).toMatch(/pre-setup\n[\s\S]*version\n[\s\S]*setup complete\n$/);
  expect(readlinkSync(join(path, 'current'))).toBe(join(path, 'source'));
  await rig.ok('deploy', 'production', 'setup'); // again does no harm

  const first = await rig.ok('deploy', 'ecosystem.json', 'production');
  expect(first.stdout).toMatch(new RegExp(`here: ${rig.work}\n[\\s\\S]*before: one\n[\\s\\S]*after: one it's red\n`));
  expect(first.stdout).toMatch(/--> Success\n$/);

  const two = await commit('two');
  const refused = await rig.pm('deploy', 'production');
  expect([refused.code, refused.stderr.includes('--force')]).toEqual([1, true]);
  push();
  expect((await rig.ok('deploy', 'production')).stdout).toContain('after: two');
  expect((await rig.ok('deploy', 'production', 'list')).stdout).toBe(`0\t${two}\n1\t${one}\n`);
  expect((await rig.ok('deploy', 'production', 'revert')).stdout).toContain('after: one');
  const told = ['curr', 'previous'].map((word) => rig.ok('deploy', 'production', word));
  const where = rig.ok('deploy', 'production', 'exec', 'cat version; pwd');
  expect((await Promise.all([...told, where])).map(({ stdout }) => stdout)).toEqual([
    `${one}\n`,
    `${two}\n`,
    `one${join(path, 'current')}\n`,
  ]);
  git('tag', 'v2');
  git('push', '-q', '--tags');
  expect((await rig.ok('deploy', 'production', 'ref', 'v2')).stdout).toContain('after: two');
});

run('without a hook of its own a deploy starts the apps; what is wrong is said, and fails', async () => {
  await using rig = await Rig.create();
  await using sshd = await Sshd.start(rig.work);
  const bin = inject('pmBin');
  const env = { PM_HOME: rig.home, PM_TEST_RIG: rig.env.PM_TEST_RIG };
  await rig.write('.bashrc', `pm() { ${process.execPath} ${bin} "$@"; }; export -f pm`);
  const { commit, push } = await makeProject(rig, sshd, { 'post-deploy': '', fetch: 'fast', env });
  await commit('one');
  push();
  await rig.ok('deploy', 'production', 'setup');
  const deployed = await rig.ok('deploy', 'production');
  expect(deployed.stdout).toContain('App [app] launched (1 instances)');
  await rig.until('the app to speak', async () => (await rig.output('app')) === 'one\n');

  const unknown = await rig.pm('deploy', 'prodution');
  expect([unknown.code, unknown.stderr.includes('Did you mean "production"?')]).toEqual([1, true]);
  const ref = await rig.pm('deploy', 'production', 'setpu');
  expect([ref.code, ref.stderr.includes('Did you mean "setup"?')]).toEqual([1, true]);
  rmSync(sshd.key);
  const locked = await rig.pm('deploy', 'production');
  expect([locked.code, locked.stderr.includes('Deploy failed on 127.0.0.1: ssh could not connect.')]).toEqual([
    1,
    true,
  ]);
});
