import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type LoadKind, type LoadResult, loads } from '../load/job.ts';
import { startLoad } from '../load/load.ts';
import { Crew } from '../managers/crew.ts';
import type { Manager } from '../managers/manager.ts';
import type { CommandResult } from '../measure/command.ts';
import { firstAnswer, freePort } from '../measure/first-answer.ts';
import { Histogram } from '../measure/histogram.ts';
import { sum } from '../measure/statistics.ts';
import {
  atMost,
  interleave,
  type Measurement,
  type PerManager,
  type Row,
  type RowContext,
  ratioOf,
  show,
} from '../row.ts';

const APPS = ['http', 'express', 'fastify'] as const;
const KINDS = Object.keys(loads) as LoadKind[]; // the keys of a literal
const RELOADS_A_ROUND = 2;
const EVERY_MS = 2500; // from one reload to the next, so that both managers spend the same time under load

/** One manager in one cell: a kind of app with a kind of client. */
interface Contestant {
  readonly manager: Manager;
  readonly port: number;
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
  await using crew = new Crew();
  const contestants: PerManager<Contestant> = {};
  for (const name of context.managers) contestants[name] = await launch(crew.add(context.create(name)), app);
  const rounds = context.quick ? 1 : 5;
  for (const contestant of interleave(Object.values(contestants), rounds)) await reloadUnder(kind, contestant);
  yield judgeFailures(kind, contestants);
  yield judgeLatency(kind, contestants);
}

async function launch(manager: Manager, app: string): Promise<Contestant> {
  const port = await freePort();
  const script = fileURLToPath(new URL(`../apps/${app}.js`, import.meta.url));
  await manager.start({ name: 'web', script, instances: 2, env: { PORT: String(port) } });
  await firstAnswer(port);
  return { manager, port, rounds: [], reloads: [] };
}

async function reloadUnder(kind: LoadKind, { manager, port, rounds, reloads }: Contestant): Promise<void> {
  const load = await startLoad({ ...loads[kind], port });
  for (let i = 0; i < RELOADS_A_ROUND; i++) {
    const start = performance.now();
    reloads.push(await manager.run(['reload', 'web']));
    await delay(Math.max(0, EVERY_MS - (performance.now() - start)));
  }
  rounds.push(await load.stop());
}

function judgeFailures(kind: LoadKind, { pm, PM2 }: PerManager<Contestant>): Measurement {
  return {
    what: `${kind}: failed requests in ${(pm ?? PM2)?.reloads.length} reloads`,
    pm: showFailed(pm),
    pm2: showFailed(PM2),
    bar: '0',
    pass: pm ? failed(pm) === 0 && pm.reloads.every(({ code }) => code === 0) : null,
    details: { pm: pm && facts(pm), pm2: PM2 && facts(PM2) },
  };
}

const failed = (contestant: Contestant): number => failedIn(contestant.rounds);

const failedIn = (rounds: readonly LoadResult[]): number => sum(rounds.map((round) => round.failed));

function showFailed(contestant: Contestant | undefined): string {
  if (!contestant) return '-';
  const badExits = contestant.reloads.filter(({ code }) => code !== 0).length;
  const counts = `${show(failed(contestant))} of ${show(sum(contestant.rounds.map((round) => round.requests)))}`;
  return badExits > 0 ? `${counts}; ${badExits} reloads gave up` : counts;
}

function judgeLatency(kind: LoadKind, { pm, PM2 }: PerManager<Contestant>): Measurement {
  const p99 = { pm: pm && p99Of(pm.rounds), pm2: PM2 && p99Of(PM2.rounds) };
  const ratio = ratioOf(p99.pm, p99.pm2);
  const ofEach = (contestant: Contestant | undefined) => contestant?.rounds.map((round) => p99Of([round]));
  return {
    what: `${kind}: p99 during the reloads`,
    pm: showP99(p99.pm),
    pm2: showP99(p99.pm2),
    ...ratio,
    bar: "≤ PM2's",
    pass: atMost(ratio.ratio, 1),
    details: { pm: ofEach(pm), pm2: ofEach(PM2) },
  };
}

/** Of all requests of these rounds. One that failed was never answered: who drops the slow ones is no faster for it. */
const p99Of = (rounds: readonly LoadResult[]): number =>
  Histogram.sum(rounds.map(({ latency }) => latency)).percentile(0.99, failedIn(rounds));

const showP99 = (ms: number | undefined): string => (ms === Number.POSITIVE_INFINITY ? 'never' : show(ms, 'ms', 1));

function facts({ rounds, reloads }: Contestant): unknown {
  return {
    failures: rounds.map((round) => round.failures),
    examples: rounds.flatMap((round) => round.examples),
    reloadMs: reloads.map((reload) => Math.round(reload.tookMs)),
    exitCodes: reloads.map((reload) => reload.code),
    output: reloads.filter((reload) => reload.code !== 0).map((reload) => reload.stderr + reload.stdout),
    lastReceipt: reloads.at(-1)?.stdout,
  };
}
