import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bodyOf } from '../helpers/http.ts';
import { installPrograms, runNode } from '../helpers/installed.ts';
import { Rig } from '../helpers/rig.ts';

test('workers have a leader, hear each other, and share state that survives reloads and restarts', async () => {
  await using rig = await Rig.create();
  await installPrograms(rig, 'shares.cjs', 'sends.mjs');
  const port = await rig.serveScript(join(rig.work, 'shares.cjs'), '--name', 'app', '-i', '3', '--wait-ready');
  const state = () => bodyOf(port).then(JSON.parse);
  const says = (line: string) =>
    rig.until(`an app to say "${line}"`, async () => (await rig.output('app')).split('\n').includes(line));
  const send = (id: number, message: object) => runNode(rig, 'sends.mjs', String(id), JSON.stringify(message));
  await says('0 leads: true');
  expect(await state()).toEqual({ starts: 3 });

  await send(2, { topic: 'broadcast', data: { hello: 'all' } });
  await says('0 hears {"hello":"all"} from 2');
  await says('1 hears {"hello":"all"} from 2');
  await send(0, { topic: 'send', data: 'one' });
  await says('1 hears "one" from 0');
  await send(0, { topic: 'odd', data: 0 });
  await says('0 refused: A value may have 64 KiB of JSON and 32 levels.');
  expect(await rig.output('app')).not.toContain('2 hears');

  await rig.ok('stop', '0');
  await says('0 has tidied up');
  await says('1 leads: true');
  await rig.ok('reload', '1');
  await rig.ok('start', '0');
  await rig.until(
    'the lowest slot to lead again',
    async () => (await rig.output('app')).split('0 leads: true').length === 3,
  );
  expect(await state()).toEqual({ starts: 5, 'ended-0': 'SIGINT', 'ended-1': 'SIGINT' });
  expect((await rig.workers('app')).map(({ pm2_env }) => pm2_env.status)).toEqual(['online', 'online', 'online']);
});

test('run by hand, an app leads and has no state', async () => {
  await using rig = await Rig.create();
  await installPrograms(rig, 'alone.mjs');
  expect(await runNode(rig, 'alone.mjs')).toBe('0 true This process is not run by pm.\n');
});
