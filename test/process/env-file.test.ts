import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { bodyOf } from '../helpers/http.ts';
import { Rig } from '../helpers/rig.ts';

test('env_file is read at every start: under env, over the shell; without it a reload leaves what runs', async () => {
  await using rig = await Rig.create();
  const port = await rig.freePort();
  Object.assign(rig.env, { FROM_SHELL: 'shell', IN_BOTH: 'shell' });
  const answer = `JSON.stringify(['FROM_SHELL','IN_BOTH','IN_ENV','ONLY_FILE','COUNT'].map((name) => process.env[name] ?? null))`;
  await rig.write('app.js', `require('http').createServer((_, res) => res.end(${answer})).listen(${port})`);
  const envFile = await rig.write('.env', 'IN_BOTH="file"\nIN_ENV=file\nONLY_FILE=1 # comment\n');
  const app = {
    name: 'app',
    script: 'app.js',
    instances: 1,
    env_file: '.env',
    increment_var: 'COUNT',
    env: { IN_ENV: 'env', COUNT: 7 },
  };
  await rig.ok('start', await rig.write('ecosystem.json', JSON.stringify({ apps: [app] })));
  const seen = async () => JSON.parse(await bodyOf(port));
  await rig.until('it to listen', seen);
  expect(await seen()).toEqual(['shell', 'file', 'env', '1', '7']);
  await rig.write('.env', 'ONLY_FILE=2\n');
  await rig.ok('reload', 'app');
  expect(await seen()).toEqual(['shell', 'shell', 'env', '2', '7']);
  await rm(envFile);
  const reload = await rig.pm('reload', 'app');
  expect([reload.code, reload.stderr]).toEqual([1, expect.stringMatching(/env_file .*\.env cannot be read: ENOENT/)]);
  expect(await seen()).toEqual(['shell', 'shell', 'env', '2', '7']);
});
