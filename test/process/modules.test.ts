import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installPrograms, runNode } from '../helpers/installed.ts';
import { Rig } from '../helpers/rig.ts';

const beats = 'console.log("colour", process.env.colour, process.env.beat); setInterval(() => {}, 1e6)';

async function writeModule(rig: Rig, folder: string, version: string, script = beats): Promise<void> {
  const manifest = { name: 'beat', version, main: 'beat.js', config: { colour: 'red' } };
  await rig.write(`${folder}/package.json`, JSON.stringify(manifest));
  await rig.write(`${folder}/beat.js`, script);
}

test('a module is packed, installed, set, kept apart from the apps, launched with each new daemon, and removed', async () => {
  await using rig = await Rig.create();
  await rig.write('app.js', 'setInterval(() => {}, 1e6)');
  await writeModule(rig, 'source', '1.2.3');
  await rig.ok('package', 'source');
  const installed = await rig.ok('install', './beat-v1-2-3.tar.gz');
  expect(installed.stdout).toContain('$ pm set beat:colour red');
  expect(existsSync(join(rig.home, 'modules/beat/node_modules/beat/beat.js'))).toBe(true);
  await rig.until('the module to speak', async () =>
    (await rig.output('beat')).includes('colour red {"colour":"red"}'),
  );
  await rig.ok('set', 'beat:colour', 'blue');
  await rig.until('the module to be told', async () => (await rig.output('beat')).includes('colour blue'));

  await rig.ok('start', 'app.js', '--min-uptime', '50ms');
  const [module, app] = await rig.jlist();
  expect([module?.name, module?.pm2_env.pmx_module, app?.name]).toEqual(['beat', true, 'app']);
  const tables = (await rig.ok('ls')).stdout.split('┌').slice(1);
  expect([tables.length, tables[0]?.includes('beat'), tables[1]?.includes('beat')]).toEqual([2, false, true]);
  await rig.ok('restart', 'all');
  expect((await rig.jlist()).map(({ name, pm2_env }) => [name, pm2_env.restart_time])).toEqual([
    ['beat', 1], // of the setting
    ['app', 1],
  ]);
  await rig.ok('save');
  await rig.ok('delete', 'all');
  expect((await rig.jlist()).map(({ name }) => name)).toEqual(['beat']);

  await rig.ok('kill');
  await installPrograms(rig);
  const program = "require('pm2').list((error, [first]) => { console.log(first.name); process.exit(); })";
  expect(await runNode(rig, '-e', program)).toBe('beat\n');
  await rig.ok('resurrect');
  expect((await rig.jlist()).map(({ name, pm2_env }) => [name, pm2_env.status])).toEqual([
    ['beat', 'online'],
    ['app', 'online'],
  ]);
  await rig.ok('uninstall', 'beat');
  expect((await rig.jlist()).map(({ name }) => name)).toEqual(['app']);
  expect(readdirSync(join(rig.home, 'modules'))).toEqual([]);
  const unknown = await rig.pm('uninstall', 'beat');
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('"beat" is not installed')]);
});

test('a new version that does not stay up leaves the former one, and one that is not to be had leaves nothing', async () => {
  await using rig = await Rig.create();
  await writeModule(rig, 'good', '1.0.0');
  await writeModule(rig, 'bad', '2.0.0', 'process.exit(1)');
  await rig.ok('package', 'good');
  await rig.ok('package', 'bad');
  await rig.ok('install', 'beat-v1-0-0.tar.gz');
  const failed = await rig.pm('install', 'beat-v2-0-0.tar.gz', '--safe', '200');
  expect([failed.code, failed.stdout]).toEqual([1, expect.stringContaining('as it was before')]);
  const [module] = await rig.jlist();
  expect([module?.pm2_env.version, module?.pm2_env.status]).toEqual(['1.0.0', 'online']);
  expect(readdirSync(join(rig.home, 'modules'))).toEqual(['beat']);

  const nowhere = await rig.pm('install', './nowhere.tar.gz');
  expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('npm install')]);
  expect(readdirSync(join(rig.home, 'modules'))).toEqual(['beat']);
});

test('a new module is written, and runs from the folder that it is in, which is watched', async () => {
  await using rig = await Rig.create();
  await rig.ok('module:generate', 'sample');
  await rig.ok('install', './sample');
  await rig.ok('set', 'sample:interval', '20');
  await rig.until('the module to be at work', async () => (await rig.output('sample')).includes('sample is at work'));
  await rig.write('sample/index.js', 'process.stdout.write("changed\\n"); setInterval(() => {}, 1e6)');
  await rig.until('the change to be seen', async () => (await rig.output('sample')).includes('changed'));
  await rig.ok('uninstall', 'all');
  expect(await rig.jlist()).toEqual([]);
  expect(existsSync(join(rig.work, 'sample/package.json'))).toBe(true);
});

test('a small project is copied and started', async () => {
  await using rig = await Rig.create();
  rig.env.PORT = String(await rig.freePort());
  await rig.ok('create', 'http', 'shop');
  expect((await rig.jlist()).every(({ name, pm2_env }) => name === 'shop' && pm2_env.status === 'online')).toBe(true);
  const unsaid = await rig.pm('create', 'esm');
  expect([unsaid.code, unsaid.stderr]).toEqual([1, expect.stringContaining('The folder needs a name')]);
  rig.env.PORT = String(await rig.freePort());
  await rig.feed('http\nother\n', 'create');
  expect((await rig.workers('other')).every(({ pm2_env }) => pm2_env.status === 'online')).toBe(true);
  const again = await rig.pm('create', 'http', 'shop');
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is there already')]);
});
