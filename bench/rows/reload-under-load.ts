import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type LoadKind, type LoadResult, loads } from '../load/job.ts';
import { startLoad } from '../load/load.ts';
import { Crew } from '../managers/crew.ts';
import type { BenchApp, Manager } from '../managers/manager.ts';
import type { CommandResult } from '../measure/command.ts';
import { firstAnswer, freePort } from '../measure/first-answer.ts';
import { Histogram } from '../measure/histogram.ts';
import { sum } from '../measure/statistics.ts';
import {
  atMost,
  interleave,
  type ManagerName,
  type Measurement,
  type Row,
  type RowContext,
  ratioOf,
  show,
} from '../row.ts';

const APPS = ['http', 'express', 'fastify'] as const;
const KINDS = Object.keys(loads) as LoadKind[]; // the keys of a literal
const EVERY_MS = 2500; // from one reload to the next, so that both managers spend the same time under load

/** What one manager did with one cell, over all its rounds. */
interface Cell {
  readonly rounds: LoadResult[];
  readonly reloads: CommandResult[];
}

/** A row per kind of app, with a cell per kind of client. */
export const reloadsUnderLoad: readonly Row[] = APPS.map((app) => ({
  id: `reload-${app}`,
  title: `Reloads under load, ${app} app without any signal handler`,
  async *run(context) {
    for (const kind of KINDS) yield* measureCell(context, app, kind);
  },
}));

async function* measureCell(context: RowContext, app: string, kind: LoadKind): AsyncGenerator<Measurement> {
  const rounds = context.quick ? 1 : 2;
  const reloadsPerRound = context.quick ? 2 : 5;
  const cells: Partial<Record<ManagerName, Cell>> = {};
  await using crew = new Crew();
  const running = new Map<ManagerName, Contestant>();
  for (const name of context.managers) {
    const manager = crew.add(context.create(name));
    running.set(name, await launch(manager, app));
    cells[name] = { rounds: [], reloads: [] };
  }
  for (const name of interleave([...running.keys()], rounds)) {
    const contestant = running.get(name);
    if (contestant) await reloadRepeatedly(contestant, kind, reloadsPerRound, cells[name]);
  }
  yield* judge(kind, rounds * reloadsPerRound, cells);
}

interface Contestant {
  readonly manager: Manager;
  readonly port: number;
}

async function launch(manager: Manager, app: string): Promise<Contestant> {
  const port = await freePort();
  const script = fileURLToPath(new URL(`../apps/${app}.js`, import.meta.url));
  await manager.start({ name: 'web', script, instances: 2, env: { PORT: String(port) } } satisfies BenchApp);
  await firstAnswer(port);
  return { manager, port };
}

async function reloadRepeatedly(
  { manager, port }: Contestant,
  kind: LoadKind,
  reloads: number,
  cell: Cell | undefined,
) {
  const load = await startLoad({ ...loads[kind], port });
  for (let i = 0; i < reloads; i++) {
    const start = performance.now();
    cell?.reloads.push(await manager.run(['reload', 'web']));
    await delay(Math.max(0, EVERY_MS - (performance.now() - start)));
  }
  cell?.rounds.push(await load.stop());
}

function* judge(what: string, reloads: number, cells: Partial<Record<ManagerName, Cell>>): Generator<Measurement> {
  const { pm, PM2 } = cells;
  const done = pm?.reloads.every(({ code }) => code === 0);
  yield {
    what: `${what}: failed requests in ${reloads} reloads`,
    pm: showFailed(pm),
    pm2: showFailed(PM2),
    bar: '0',
    pass: pm ? failed(pm) === 0 && done === true : null,
    details: { pm: pm && facts(pm), pm2: PM2 && facts(PM2) },
  };
  const ratio = ratioOf(pm && p99(pm), PM2 && p99(PM2));
  yield {
    what: `${what}: p99 during the reloads`,
    pm: show(pm && p99(pm), 'ms', 1),
    pm2: show(PM2 && p99(PM2), 'ms', 1),
    ...ratio,
    bar: "≤ PM2's",
    pass: atMost(ratio.ratio, 1),
    details: null,
  };
}

const failed = (cell: Cell): number => sum(cell.rounds.map((round) => round.failed));

function showFailed(cell: Cell | undefined): string {
  if (!cell) return '-';
  const badExits = cell.reloads.filter(({ code }) => code !== 0).length;
  const counts = `${show(failed(cell))} of ${show(sum(cell.rounds.map((round) => round.requests)))}`;
  return badExits > 0 ? `${counts}; ${badExits} reloads gave up` : counts;
}

function p99(cell: Cell): number {
  const all = new Histogram();
  for (const round of cell.rounds) all.merge(new Histogram(round.latency));
  return all.percentile(0.99);
}

function facts(cell: Cell): unknown {
  return {
    failures: cell.rounds.map((round) => round.failures),
    examples: cell.rounds.flatMap((round) => round.examples),
    reloadMs: cell.reloads.map((reload) => Math.round(reload.tookMs)),
    exitCodes: cell.reloads.map((reload) => reload.code),
    output: cell.reloads.filter((reload) => reload.code !== 0).map((reload) => reload.stderr + reload.stdout),
    lastReceipt: cell.reloads.at(-1)?.stdout,
  };
}
