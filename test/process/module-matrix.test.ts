import { expect, test } from 'vitest';
import { bodyOf } from '../helpers/http.ts';
import { Load } from '../helpers/load.ts';
import { Rig } from '../helpers/rig.ts';

const FORMATS = { cjs: 'common.cjs', esm: 'module.mjs', await: 'awaits.mjs', ts: 'typed.mts' };
const INSTANCES = [undefined, 1, 4];

test('every format of modules, with every kind of instances, is a native process, and is reloaded without a loss', async () => {
  await using rig = await Rig.create();
  const apps = await Promise.all(
    Object.entries(FORMATS).flatMap(([format, file]) =>
      INSTANCES.map(async (instances) => ({
        name: `${format}-${instances ?? 'fork'}`,
        script: rig.fixture(`formats/${file}`),
        ...(instances === undefined ? {} : { instances }),
        env: { PORT: await rig.freePort() },
      })),
    ),
  );
  await rig.ok('start', await rig.write('ecosystem.json', JSON.stringify({ apps })));

  for (const { name, script, instances = 1, env } of apps) {
    const slots = new Set<string>();
    await rig.until(`every worker of ${name} to answer`, async () => {
      const { instance, ...view } = JSON.parse(await bodyOf(env.PORT));
      expect(view, name).toEqual({ script, isMain: true, file: script });
      slots.add(instance);
      return slots.size === instances;
    });
    expect([...slots].sort(), name).toEqual(Array.from({ length: instances }, (_, slot) => String(slot)));
  }

  const clustered = apps.filter(({ instances }) => instances !== undefined);
  const loads = clustered.map(({ env }) => Load.start({ port: env.PORT, clients: 1, thinkMs: 20 }));
  const before = await rig.jlist();
  const { stdout } = await rig.ok('reload', 'all');
  for (const load of loads) await load.stop();
  expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
  expect(stdout.match(/generation 0 -> 1: \d+ workers?, [\d,]+ requests? served, 0 failed/g)).toHaveLength(
    clustered.length,
  );
  const after = await rig.jlist();
  expect(after.map(({ name, pm2_env }) => `${name} ${pm2_env.status}`)).toEqual(
    before.map(({ name }) => `${name} online`),
  );
  expect(after.filter(({ pid }) => before.some((old) => old.pid === pid))).toEqual([]);
});
