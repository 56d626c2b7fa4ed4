import { delimiter, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { procOf } from '../helpers/proc.ts';
import { Rig } from '../helpers/rig.ts';

test.each([
  ['ruby.rb', 'Ruby', 'ruby'],
  ['php.php', 'PHP', 'php'],
  ['perl.pl', 'Perl', 'perl'],
])('%s is run by its extension', async (file, language, program) => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture(file), '--name', 'app', '--', 'Ada');
  await rig.until('it to say hello', async () => (await rig.output('app')) === `Hello from ${language}, Ada\n`);
  const [worker] = await rig.workers('app');
  expect(procOf(worker?.pid ?? 0)?.command).toBe(`${program} ${rig.fixture(file)} Ada`);
  expect([worker?.pm2_env.exec_mode, worker?.pm2_env.exec_interpreter]).toEqual(['fork_mode', program]);
});

test.each([
  ['bun', 'Bun', []],
  ['deno', 'Deno', ['--interpreter-args', 'run --allow-all']],
])('%s runs TypeScript, says when it is ready, and ends when it is asked to', async (interpreter, runtime, flags) => {
  await using rig = await Rig.create();
  rig.env.PATH = `${resolve('node_modules/.runtimes/node_modules/.bin')}${delimiter}${rig.env.PATH}`;
  const how = ['--interpreter', interpreter, ...flags, '--wait-ready', '--listen-timeout', '20s'];
  await rig.ok('start', rig.fixture('runtime.ts'), '--name', 'app', ...how, '--', 'Ada');
  expect(await rig.output('app')).toBe(`Hello from ${runtime}, Ada\n`);
  const [worker] = await rig.workers('app');
  expect(worker?.pm2_env).toMatchObject({ status: 'online', exec_mode: 'fork_mode', exec_interpreter: interpreter });
  await rig.ok('reload', 'app');
  await rig.until('it to say goodbye', async () => (await rig.output('app')).includes('Bye\n'));
  expect((await rig.workers('app'))[0]).toMatchObject({ pm2_env: { status: 'online', restart_time: 1 } });
});
