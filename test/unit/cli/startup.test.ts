import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Output } from '../../../src/cli/output/output.ts';
import { plain } from '../../../src/cli/output/paint.ts';
import type { BootService } from '../../../src/cli/startup/boot-service.ts';
import { chooseInitSystem, initSystems } from '../../../src/cli/startup/init-systems.ts';
import { install, uninstall } from '../../../src/cli/startup/install.ts';
import { stableCommand } from '../../../src/cli/startup/stable-command.ts';
import { systemd } from '../../../src/cli/startup/systemd.ts';
import { pathsOf } from '../../../src/shared/paths.ts';

const root = mkdtempSync(join(tmpdir(), 'pm-boot-'));
afterAll(() => rmSync(root, { recursive: true }));

const service: BootService = {
  name: 'pm-deploy',
  user: 'deploy',
  paths: pathsOf({ PM_HOME: "/home/deploy/it's 100% $HOME/.pm" }),
  command: ['/usr/bin/env', 'pm'],
  env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  waitForNetwork: false,
};

test('the systemd unit runs pm by a path that outlives a version of Node, and has no main process to lose', () => {
  const text = systemd.text(service);
  expect(text).toContain('ExecStart=-/usr/bin/env pm resurrect\n');
  expect(text).toContain('ExecStop=-/usr/bin/env pm kill\n');
  expect(text).toMatch(/^Type=oneshot\nRemainAfterExit=yes$/m);
  expect(text).toMatch(/^KillMode=mixed$/m);
  expect(text).not.toMatch(/PIDFile|forking/);
  expect(text).toContain('Environment="PM_HOME=/home/deploy/it\'s 100%% $HOME/.pm"\n');
  expect(systemd.text({ ...service, waitForNetwork: true })).toContain(
    'After=network-online.target\nWants=network-online.target\n',
  );
});

const hasVerify = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(!hasVerify)('systemd finds nothing wrong with the unit', () => {
  const path = join(root, 'pm-root.service');
  writeFileSync(path, systemd.text({ ...service, user: 'root', waitForNetwork: true }));
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' });
  expect([status, stderr.split('\n').filter((line) => line.includes('pm-root'))]).toEqual([0, []]);
});

test.each(initSystems.filter(({ executable }) => executable).map((system) => [system.names[0], system] as const))(
  'the script for %s is one that a shell can read, and quotes what it passes on',
  (_, system) => {
    const text = system.text(service);
    const { status, stderr } = spawnSync('sh', ['-n'], { input: text, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const asked = system.text({ ...service, command: ['printenv', 'PM_HOME'] });
    const line = asked.split('\n').find((one) => one.includes(' resurrect')) ?? '';
    const su = `su() { while [ "$1" != -c ]; do shift; done; sh -c "$2"; }`;
    const run = `${su}\n${line.replace(/ \|\|.*/, '')}`;
    expect(spawnSync('sh', ['-c', run], { encoding: 'utf8' }).stdout).toBe(`${service.paths.home}\n`);
  },
);

test('a property list escapes what XML would read', () => {
  const launchd = initSystems.find(({ names }) => names[0] === 'launchd');
  const text = launchd?.text({ ...service, paths: pathsOf({ PM_HOME: '/Users/a&b/<pm>' }) }) ?? '';
  expect(text).toContain('<string>/Users/a&amp;b/&lt;pm&gt;</string>');
  expect(text).toContain('<string>resurrect</string>');
});

test('the init system is the first there is, or the one that was named', () => {
  const nameOf = (named: string | undefined, ...programs: string[]) => {
    const chosen = chooseInitSystem(named, (program) => programs.includes(program));
    return chosen.ok ? chosen.value.names[0] : chosen.problem.message;
  };
  expect(nameOf(undefined, 'update-rc.d', 'systemctl')).toBe('systemd');
  expect(nameOf(undefined, 'rc-update')).toBe('openrc');
  expect(nameOf('macos')).toBe('launchd');
  expect(nameOf('sytemd')).toContain('Did you mean "systemd"?');
  expect(nameOf(undefined)).toContain('Init system not found');
});

test('install writes the file and enables it, uninstall takes both back; what fails is said', async () => {
  const ran: string[] = [];
  const machine = {
    root,
    run(command: readonly string[]) {
      ran.push(command.join(' '));
      return command.includes('disable') ? 'no such unit' : null;
    },
  };
  const write = () => true;
  const out = new Output({
    streams: { stdout: { write }, stderr: { write } },
    paint: plain,
    errorPaint: plain,
    silent: true,
  });
  expect(await install(systemd, service, { machine, out })).toBeNull();
  const path = join(root, 'etc/systemd/system/pm-deploy.service');
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual([systemd.text(service), 0o644]);
  const failed = await uninstall(systemd, service, { machine, out });
  expect(failed?.message).toContain('no such unit');
  expect(() => statSync(path)).toThrow('ENOENT');
  expect(ran).toEqual(['systemctl enable pm-deploy.service', 'systemctl disable pm-deploy.service']);
});

const STANDARD = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

test.each([
  {
    what: 'packages of the system',
    script: '/usr/lib/node_modules/pm/dist/pm.cjs',
    node: '/usr/bin/node',
    path: '/usr/bin:/bin',
    there: ['/usr/bin/pm', '/usr/bin/node'],
    stable: {
      command: ['/usr/bin/env', 'pm'],
      env: { PATH: '/usr/bin:/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin' },
    },
  },
  {
    what: 'nvm',
    script: '/home/a/.nvm/versions/node/v20.1.0/bin/pm',
    node: '/home/a/.nvm/versions/node/v20.1.0/bin/node',
    path: '/home/a/.nvm/versions/node/v20.1.0/bin:/home/a/bin',
    there: ['/home/a/.nvm/nvm-exec', '/home/a/.nvm/alias/default', '/home/a/.nvm/versions/node/v20.1.0/bin/pm'],
    stable: {
      command: ['/home/a/.nvm/nvm-exec', 'pm'],
      env: { PATH: `/home/a/bin:${STANDARD}`, NODE_VERSION: 'default' },
    },
  },
  {
    what: 'nvm without a default',
    script: '/home/a/.nvm/versions/node/v20.1.0/bin/pm',
    node: '/home/a/.nvm/versions/node/v20.1.0/bin/node',
    path: '/home/a/.nvm/versions/node/v20.1.0/bin',
    there: [
      '/home/a/.nvm/nvm-exec',
      '/home/a/.nvm/versions/node/v20.1.0/bin/pm',
      '/home/a/.nvm/versions/node/v20.1.0/bin/node',
    ],
    stable: {
      command: ['/usr/bin/env', 'pm'],
      env: { PATH: `/home/a/.nvm/versions/node/v20.1.0/bin:${STANDARD}` },
      frozen: '/home/a/.nvm/versions/node/v20.1.0/bin',
    },
  },
  {
    what: 'shims of mise',
    script: '/home/a/.local/share/mise/installs/node/20.1.0/bin/pm',
    node: '/home/a/.local/share/mise/installs/node/20.1.0/bin/node',
    path: '/home/a/.local/share/mise/installs/node/20.1.0/bin:/usr/bin',
    there: ['/home/a/.local/share/mise/shims/pm', '/home/a/.local/share/mise/installs/node/20.1.0/bin/pm'],
    stable: {
      command: ['/usr/bin/env', 'pm'],
      env: { PATH: `/home/a/.local/share/mise/shims:/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin:/bin` },
    },
  },
  {
    what: 'Homebrew',
    script: '/opt/homebrew/bin/pm',
    node: '/opt/homebrew/Cellar/node/22.1.0/bin/node',
    path: '/opt/homebrew/bin:/usr/bin',
    there: ['/opt/homebrew/bin/pm', '/opt/homebrew/bin/node'],
    stable: {
      command: ['/usr/bin/env', 'pm'],
      env: { PATH: '/opt/homebrew/bin:/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin:/bin' },
    },
  },
  {
    what: 'a checkout',
    script: '/srv/pm/dist/pm.cjs',
    node: '/usr/bin/node',
    path: '/usr/bin',
    there: ['/usr/bin/node'],
    stable: {
      command: ['/usr/bin/env', 'node', '/srv/pm/dist/pm.cjs'],
      env: { PATH: '/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin:/bin' },
    },
  },
])('what leads to pm with $what', ({ script, node, path, there, stable }) => {
  expect(stableCommand({ script, node, path, exists: (file) => there.includes(file) })).toEqual(stable);
});
