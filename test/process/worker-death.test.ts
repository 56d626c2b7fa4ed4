import { expect, test } from 'vitest';
import { Load } from '../helpers/load.ts';
import { Rig } from '../helpers/rig.ts';

async function killWorkers(rig: Rig, load: Load, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const [victim] = await rig.workers('app');
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    await rig.until('its successor', async () => {
      const [worker] = await rig.workers('app');
      return worker?.pm2_env.status === 'online' && worker.pid !== victim?.pid;
    });
    const { ok } = load.counts;
    await rig.until('answers', () => load.counts.ok > ok);
  }
}

/** Requests inside a killed worker may be reset; nothing else may happen to anyone. */
async function expectOnlyResets(load: Load): Promise<void> {
  const { timeout, refused, non2xx, other } = await load.stop();
  expect({ timeout, refused, non2xx, other }, load.failures.join('\n')).toEqual({
    timeout: 0,
    refused: 0,
    non2xx: 0,
    other: 0,
  });
}

test('killing one of two workers under load leaves no connection hanging', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '2');
  const load = Load.start({ port, clients: 20, keepAlive: false, timeoutMs: 5_000 });
  await killWorkers(rig, load, 8);
  await expectOnlyResets(load);
});

test('killing the only worker refuses nobody: connections wait for its successor', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '1');
  const load = Load.start({ port, clients: 10, keepAlive: false, timeoutMs: 5_000 });
  await killWorkers(rig, load, 3);
  await expectOnlyResets(load);
});
