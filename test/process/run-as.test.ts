import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)('uid and gid: the app runs as that user with its HOME; its logs stay ours', async () => {
  await using rig = await Rig.create();
  const app = { name: 'app', script: 'id -u; id -g; echo "$HOME $USER"; exec sleep 1000', uid: 'nobody', gid: 7 };
  await rig.ok('start', await rig.write('ecosystem.json', JSON.stringify(app)));
  await rig.until('it to say who it is', async () => /nobody/.test(await rig.output('app')));
  expect(await rig.output('app')).toMatch(/^65534\n7\n\/\S+ nobody\n$/);
});

test('a user that is none, or one that only root may become, starts nothing', async () => {
  await using rig = await Rig.create();
  const uid = isRoot ? 'no-such-user' : 'root';
  const start = await rig.pm('start', rig.fixture('ticks.js'), '--uid', uid);
  expect([start.code, start.stderr]).toEqual([1, expect.stringMatching(/--uid (names no user|needs root)/)]);
});
