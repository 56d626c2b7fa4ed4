import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Load } from '../helpers/load.ts';
import { identity, Rig } from '../helpers/rig.ts';
import { Terminal } from '../helpers/terminal.ts';

test('killing the daemon under load disturbs nobody, and another takes over by itself', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '2');
  await rig.ok('start', rig.fixture('shell.sh'), '--name', 'shell');
  await rig.ok('restart', 'app'); // so that there is a counter to keep
  const before = (await rig.jlist()).map(identity);
  const loads = [Load.start({ port, clients: 3 }), Load.start({ port, clients: 3, keepAlive: false })];
  await rig.until('answers', () => loads.every(({ counts }) => counts.ok > 5));

  for (let i = 0; i < 2; i++) {
    const old = rig.daemonPid();
    process.kill(old ?? 0, 'SIGKILL');
    const fresh = await rig.until('another daemon', () => rig.daemonPid() !== old && rig.daemonPid());
    expect((await rig.jlist()).map(identity)).toEqual(before);
    expect(rig.daemonPid()).toBe(fresh); // the command found it, and did not start one more
  }
  await rig.ok('reload', 'app'); // the new daemon commands as the old one did
  for (const load of loads) await load.stop();
  expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
});

test('a command that waits for a daemon that hangs says so, and goes on when it is killed', async () => {
  await using rig = await Rig.create();
  await rig.serve('http.js', '-i', '1');
  const before = (await rig.jlist()).map(identity);
  const hung = rig.daemonPid() ?? 0;
  process.kill(hung, 'SIGSTOP');
  await using terminal = await Terminal.open(rig, { width: 120, height: 24 });
  await terminal.run('pm ls');
  await terminal.shows(new RegExp(`"kill -9 ${hung}" ends it`));
  process.kill(hung, 'SIGKILL');
  await terminal.shows(/^ready>$/m);
  await rig.until('another daemon', () => rig.daemonPid() !== hung && rig.daemonPid());
  expect((await rig.jlist()).map(identity)).toEqual(before);
});

test('SIGTERM ends the daemon, not the apps', async () => {
  await using rig = await Rig.create();
  await rig.serve('http.js', '-i', '1');
  const before = (await rig.jlist()).map(identity);
  const old = rig.daemonPid();
  process.kill(old ?? 0, 'SIGTERM');
  await rig.until('another daemon', () => rig.daemonPid() !== old && rig.daemonPid());
  expect((await rig.jlist()).map(identity)).toEqual(before);
});

test('thirty commands at once with no daemon start exactly one', async () => {
  await using rig = await Rig.create();
  const runs = await Promise.all(Array.from({ length: 30 }, () => rig.pm('ping')));
  expect(runs.map(({ code, stdout }) => [code, stdout.trim()])).toEqual(Array(30).fill([0, "{ msg: 'pong' }"]));
  const daemons = rig.processes().filter(({ command }) => command.includes('daemon'));
  expect(daemons.map(({ pid }) => pid)).toEqual([rig.daemonPid()]);
});

test('a daemon killed with nothing to run leaves nothing in the way of the next', async () => {
  await using rig = await Rig.create();
  await rig.ok('ping');
  const old = rig.daemonPid();
  process.kill(old ?? 0, 'SIGKILL');
  await rig.until('it to be gone', () => rig.daemonPid() === undefined);
  expect((await rig.ok('jlist')).stdout).toBe('[]'); // the notice about the new daemon is on stderr
  expect(rig.daemonPid()).not.toBe(old);
});

test('pm kill without a daemon starts none', async () => {
  await using rig = await Rig.create();
  await rig.ok('kill');
  expect(rig.processes()).toEqual([]);
  expect(existsSync(join(rig.home, 'daemon.sock'))).toBe(false);
});
