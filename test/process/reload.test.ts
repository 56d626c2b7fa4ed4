import { expect, test } from 'vitest';
import { beginGet, bodyOf } from '../helpers/http.ts';
import { Load } from '../helpers/load.ts';
import { isAlive } from '../helpers/proc.ts';
import { Rig } from '../helpers/rig.ts';

/** A reload in the middle of these loads; none may lose a request. */
async function reloadUnder(rig: Rig, loads: readonly Load[], target: string): Promise<string> {
  await rig.until('every load to be answered', () => loads.every(({ counts }) => counts.ok > 5));
  const { stdout } = await rig.ok('reload', target);
  const answered = loads.map(({ counts }) => counts.ok);
  await rig.until('every load to go on', () => loads.every(({ counts }, i) => counts.ok > (answered[i] ?? 0)));
  return stdout;
}

async function expectNoLoss(loads: readonly Load[]): Promise<void> {
  for (const load of loads) await load.stop();
  expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
}

test('reloads lose no request of any kind of client', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '2');
  const loads = [
    Load.start({ port, clients: 4 }),
    Load.start({ port, clients: 4, keepAlive: false }),
    Load.start({ port, clients: 10, thinkMs: 3_000 }),
    Load.start({ port, clients: 4, path: '/slow' }),
    Load.start({ port, clients: 4, path: '/slow', keepAlive: false }),
  ];
  const before = await rig.pids('app');
  for (let i = 0; i < 3; i++) await reloadUnder(rig, loads, 'app');
  await expectNoLoss(loads);
  const after = await rig.workers('app');
  expect(after.filter(({ pid }) => before.includes(pid))).toEqual([]);
  expect(after.map(({ pm_id, pm2_env }) => [pm_id, pm2_env.status, pm2_env.NODE_APP_INSTANCE])).toEqual([
    [0, 'online', 0],
    [1, 'online', 1],
  ]);
  expect(before.filter(isAlive)).toEqual([]);
});

test('the receipt counts what was served', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js', '-i', '2');
  await using load = Load.start({ port, clients: 2 });
  const receipt = await reloadUnder(rig, [load], 'app');
  const [, served = ''] =
    receipt.match(/generation \d+ -> \d+: 2 workers, ([\d,]+) requests served, 0 failed, slowest drain/) ?? [];
  expect(receipt).toContain('requests served, 0 failed');
  expect(Number(served.replaceAll(',', ''))).toBeGreaterThan(0);
});

test('an answer that takes longer than the reload comes to its end', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('streams.js', '-i', '1');
  const [old = 0] = await rig.pids('app');
  const streamed = await beginGet(port);
  await rig.ok('reload', 'app');
  expect((await streamed.body).split('\n')).toHaveLength(31);
  await rig.until('the old worker to end', () => !isAlive(old));
});

test('Express, Fastify, an ES module and TypeScript reload at once without a lost request', async () => {
  await using rig = await Rig.create();
  const examples = ['express/server.js', 'fastify/server.js', 'esm/server.mjs', 'typescript/server.ts'];
  const loads: Load[] = [];
  for (const example of examples) {
    const port = await rig.serveScript(rig.example(example), '--name', example.replace(/\/.*/, ''), '-i', '2');
    loads.push(
      Load.start({ port, clients: 2, thinkMs: 20 }),
      Load.start({ port, clients: 2, thinkMs: 20, keepAlive: false }),
    );
  }
  await reloadUnder(rig, loads, 'all');
  await expectNoLoss(loads);
});

test('a fork-mode app is restarted, and the command says so', async () => {
  await using rig = await Rig.create();
  const port = await rig.serve('http.js');
  const [old] = await rig.pids('app');
  const { stdout } = await rig.ok('reload', 'app');
  expect(stdout).toMatch(/restart/i);
  const [pid] = await rig.pids('app');
  expect(pid).not.toBe(old);
  await rig.until('the new process to answer', async () => (await bodyOf(port)) === String(pid));
});
