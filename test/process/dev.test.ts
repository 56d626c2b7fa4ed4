import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test('dev runs an app again after a change and says why; Ctrl-C leaves nothing, and the daemon of the user alone', async () => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture('ticks.js'), '--name', 'other');
  const app = (version: number) => `console.log('version ${version}'); setInterval(() => {}, 1000);`;
  await rig.write('app.js', app(1));
  const run = rig.open(
    'dev',
    'app.js',
    '--ignore',
    'a.txt,*.tmp',
    '--post-exec',
    'echo after the change',
    '--timestamp',
    'YYYY',
  );
  await run.prints(/^\d{4} 0\|app {5} \| version 1$/m, 20_000);
  expect((await rig.jlist()).map(({ name }) => name)).toEqual(['other']);
  let version = 1;
  await rig.until(
    'the change to be noticed',
    async () => {
      if (version++ % 20 === 0) await rig.write('app.js', app(version));
      return /\| version \d\d/.test(run.stdout);
    },
    20_000,
  );
  await run.prints(/^after the change$/m);
  expect(run.stderr).toMatch(/\[PM2\] "app" \(0\) is started anew\. app\.js changed\./);
  run.kill('SIGINT');
  expect((await run.done).code).toBe(0);
  expect(existsSync(join(rig.home, 'dev'))).toBe(false);
  expect((await rig.jlist()).map(({ name, pm2_env }) => [name, pm2_env.status])).toEqual([['other', 'online']]);
});

test('dev ends with its apps when it is asked to', async () => {
  await using rig = await Rig.create();
  const done = await rig.pm('dev', rig.fixture('says-bytes.js'), '--no-autorestart', '--auto-exit', '--raw', '--', '3');
  expect([done.code, done.stdout.endsWith('tail')]).toEqual([3, true]);
  expect(existsSync(join(rig.home, 'dev'))).toBe(false);
});
