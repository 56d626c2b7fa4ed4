import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, inject, test } from 'vitest';
import { runNode } from '../helpers/installed.ts';
import { Load } from '../helpers/load.ts';
import { identity, Rig } from '../helpers/rig.ts';

/** Installs the same program as an older version. */
function installOld(rig: Rig): string {
  const folder = join(rig.work, 'old');
  cpSync(dirname(dirname(inject('pmBin'))), folder, {
    recursive: true,
    filter: (path) => !path.endsWith('node_modules'),
  });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  for (const name of ['daemon.cjs', 'master.cjs', 'program.cjs', 'pm.cjs', 'spawn-daemon.cjs']) {
    const path = join(folder, 'dist', name);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/version="\d[^"]*"/g, 'version="0.0.1"'));
  }
  return join(folder, 'dist/pm.cjs');
}

test('update replaces a daemon of another version, which every command tells of, and no app notices', async () => {
  await using rig = await Rig.create();
  const old = installOld(rig);
  rig.env.PORT = String(await rig.freePort());
  await runNode(rig, old, 'start', rig.fixture('http.js'), '--name', 'app', '-i', '2');
  const formerPid = rig.daemonPid();
  const before = await rig.jlist();
  const skewed = await rig.ok('ls');
  expect(skewed.stderr).toMatch(/The daemon is of version 0\.0\.1, this command of .*"pm update"/s);

  const load = Load.start({ port: Number(rig.env.PORT) });
  const update = await rig.ok('updatePM2');
  await load.stop();
  expect(load.failures).toEqual([]);
  expect(load.counts.ok).toBeGreaterThan(0);
  expect(update.stdout).toMatch(/"app" run on under a master of version 0\.0\.1;.*\n>>>>>>>>>> PM2 updated\n$/s);
  expect(rig.daemonPid()).not.toBe(formerPid);
  expect((await rig.jlist()).map(identity)).toEqual(before.map(identity));
  expect((await rig.ok('ls')).stderr).toBe('');
  expect(rig.read(join(rig.home, 'daemon.log')).match(/PM \S+ daemon, pid/g)).toHaveLength(2); // the masters started no third
  await rig.ok('reload', 'app');
});
