import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Manager } from '../managers/manager.ts';
import { freePort } from '../measure/first-answer.ts';
import { cpuSeconds, pssBytes } from '../measure/process-facts.ts';
import { sum } from '../measure/statistics.ts';
import { until } from '../measure/wait.ts';
import { atMost, type Measurement, type PerManager, type Row, ratioOf, show } from '../row.ts';

const appFile = (name: string): string => fileURLToPath(new URL(`../apps/${name}.js`, import.meta.url));
const FORK_APPS = 20;
const CLUSTER_WORKERS = 4;
const PROCESSES = FORK_APPS + CLUSTER_WORKERS;
const MEMORY_BAR = 1.5;
/** A list is asked for now and then wherever apps run: what answering it leaves behind is part of what a manager costs. */
const LOOKS = 10;

interface Cost {
  readonly pssMegabytes: number;
  /** Percent of one core. */
  readonly cpuPercent: number;
  readonly processes: readonly { readonly pid: number; readonly pssMegabytes: number; readonly cpuPercent: number }[];
}

export const idleCost: Row = {
  id: 'idle-cost',
  title: `Daemon and masters with a ${CLUSTER_WORKERS}-worker app and ${FORK_APPS} fork apps, idle`,
  async *run(context) {
    const costs: PerManager<Cost> = {};
    for (const name of context.managers) {
      await using manager = context.create(name);
      costs[name] = await measureIdle(manager, context.quick ? 10_000 : 30_000);
    }
    yield* judge(costs);
  },
};

async function measureIdle(manager: Manager, forMs: number): Promise<Cost> {
  const file = join(manager.home, 'apps.json');
  writeFileSync(file, JSON.stringify({ apps: await declareApps() }));
  const started = await manager.run(['start', file], { timeoutMs: 120_000 });
  if (started.code !== 0)
    throw new Error(`${manager.name} could not start the apps:\n${started.stderr}${started.stdout}`);
  await until(`${PROCESSES} processes to be online`, async () => {
    return (await manager.list()).filter(({ status }) => status === 'online').length === PROCESSES;
  });
  for (let look = 0; look < LOOKS; look += 1) await manager.list();
  const own = await manager.ownPids();
  await delay(10_000); // start-up work and garbage collection settle
  const before = own.map(cpuSeconds);
  const start = performance.now();
  await delay(forMs);
  const seconds = (performance.now() - start) / 1000;
  const processes = own.map((pid, index) => ({
    pid,
    pssMegabytes: pssBytes(pid) / 2 ** 20,
    cpuPercent: ((cpuSeconds(pid) - (before[index] ?? 0)) / seconds) * 100,
  }));
  return {
    pssMegabytes: sum(processes.map((one) => one.pssMegabytes)),
    cpuPercent: sum(processes.map((one) => one.cpuPercent)),
    processes,
  };
}

async function declareApps(): Promise<unknown[]> {
  const idle = Array.from({ length: FORK_APPS }, (_, i) => ({ name: `idle-${i}`, script: appFile('idle') }));
  const web = {
    name: 'web',
    script: appFile('http'),
    instances: CLUSTER_WORKERS,
    exec_mode: 'cluster',
    env: { PORT: String(await freePort()) },
  };
  return [web, ...idle];
}

function* judge({ pm, PM2 }: PerManager<Cost>): Generator<Measurement> {
  const memory = ratioOf(pm?.pssMegabytes, PM2?.pssMegabytes);
  yield {
    what: 'memory (PSS)',
    pm: show(pm?.pssMegabytes, 'MB', 1),
    pm2: show(PM2?.pssMegabytes, 'MB', 1),
    ...memory,
    bar: `≤ ${MEMORY_BAR} x PM2`,
    pass: atMost(memory.ratio, MEMORY_BAR),
    details: { pm, pm2: PM2 },
  };
  yield {
    what: 'CPU, percent of a core',
    pm: show(pm?.cpuPercent, '%', 2),
    pm2: show(PM2?.cpuPercent, '%', 2),
    ...ratioOf(pm?.cpuPercent, PM2?.cpuPercent),
    bar: "≤ PM2's",
    pass: pm && PM2 ? pm.cpuPercent <= PM2.cpuPercent : null,
    details: null,
  };
}
