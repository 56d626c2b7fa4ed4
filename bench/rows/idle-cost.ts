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

const SETTLE_MS = 10_000; // start-up work is over, for the CPU time
const SAMPLE_MS = 1_000;

interface Cost {
  /** Mean of the samples from when the last process was online. */
  readonly meanMegabytes: number;
  /** The last sample. */
  readonly endMegabytes: number;
  /** Percent of one core, after SETTLE_MS. */
  readonly cpuPercent: number;
  readonly processes: readonly { readonly pid: number; readonly endMegabytes: number; readonly cpuPercent: number }[];
}

export const idleCost: Row = {
  id: 'idle-cost',
  title: `Daemon and masters with a ${CLUSTER_WORKERS}-worker app and ${FORK_APPS} fork apps, idle`,
  async *run(context) {
    const costs: PerManager<Cost> = {};
    for (const name of context.managers) {
      await using manager = context.create(name);
      costs[name] = await measureIdle(manager, context.quick ? 20_000 : 60_000);
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
  const own = await manager.ownPids();
  const start = performance.now();
  let settled: { readonly at: number; readonly cpu: readonly number[] } | undefined;
  const samples: number[] = [];
  while (performance.now() - start < forMs) {
    await delay(SAMPLE_MS);
    samples.push(sum(own.map(pssBytes)) / 2 ** 20);
    const now = performance.now();
    if (now - start >= SETTLE_MS) settled ??= { at: now, cpu: own.map(cpuSeconds) };
  }
  const { at, cpu } = settled ?? { at: start, cpu: [] };
  const seconds = (performance.now() - at) / 1000;
  const processes = own.map((pid, index) => ({
    pid,
    endMegabytes: pssBytes(pid) / 2 ** 20,
    cpuPercent: ((cpuSeconds(pid) - (cpu[index] ?? 0)) / seconds) * 100,
  }));
  return {
    meanMegabytes: sum(samples) / samples.length,
    endMegabytes: sum(processes.map((one) => one.endMegabytes)),
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
  const mean = ratioOf(pm?.meanMegabytes, PM2?.meanMegabytes);
  yield {
    what: 'memory (PSS), mean of the first minute',
    pm: show(pm?.meanMegabytes, 'MB', 1),
    pm2: show(PM2?.meanMegabytes, 'MB', 1),
    ...mean,
    bar: `≤ ${MEMORY_BAR} x PM2`,
    pass: atMost(mean.ratio, MEMORY_BAR),
    details: { pm, pm2: PM2 },
  };
  yield {
    what: 'memory (PSS) after it',
    pm: show(pm?.endMegabytes, 'MB', 1),
    pm2: show(PM2?.endMegabytes, 'MB', 1),
    ...ratioOf(pm?.endMegabytes, PM2?.endMegabytes),
    bar: 'reported',
    pass: null,
    details: null,
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
