import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test('setting a key of a running app restarts it with the settings among its variables', async () => {
  await using rig = await Rig.create();
  const file = join(rig.home, 'module_conf.json');
  await rig.write('api.js', 'console.log(process.env.color, process.env.api); setInterval(() => {}, 1e6)');
  await rig.ok('start', 'api.js', '--min-uptime', '50ms');
  const set = await rig.ok('set', 'api:color', 'red');
  expect(set.stdout).toBe('[PM2] Module api restarted\n[PM2] Setting changed\nModule: api\n$ pm set api:color red\n');
  await rig.until('the second start to speak', async () => (await rig.output('api')).split('\n').length > 2);
  expect(await rig.output('api')).toBe('undefined undefined\nred {"color":"red"}\n');
  expect(rig.read(file)).toBe('{\n    "api": {\n        "color": "red"\n    }\n}');
  expect(statSync(file).mode & 0o777).toBe(0o600);

  expect((await rig.ok('get', 'api.color')).stdout).toBe('Value for module api key color: red\n');
  const unknown = await rig.pm('get', 'api:colour');
  expect([unknown.code, unknown.stdout]).toEqual([1, '']);
  expect(unknown.stderr).toContain('Did you mean "api:color"?');
});

test('changes at the same time all arrive; bad keys are refused; a broken file is left alone', async () => {
  await using rig = await Rig.create();
  const file = join(rig.home, 'module_conf.json');
  await rig.ok('multiset', 'a:x 1 a:y "2 3"');
  await Promise.all(['p', 'q', 'r'].map((key) => rig.ok('set', `b:${key}`, key)));
  expect(JSON.parse(rig.read(file))).toEqual({ a: { x: '1', y: '2 3' }, b: { p: 'p', q: 'q', r: 'r' } });
  expect((await rig.pm('set', '__proto__:polluted', '1')).code).toBe(1);
  expect((await rig.pm('multiset', 'a:x')).code).toBe(1);
  await rig.write('../h/module_conf.json', '{ "a": ');
  const refused = await rig.pm('set', 'a:x', '2');
  expect([refused.code, rig.read(file)]).toEqual([1, '{ "a": ']);
  expect(refused.stderr).toContain('pm unset all');
  await rig.ok('unset', 'all');
  expect(rig.read(file)).toBe('{}');
});
