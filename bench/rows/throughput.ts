import { fileURLToPath } from 'node:url';
import { loads } from '../load/job.ts';
import { loadFor } from '../load/load.ts';
import { BareNode } from '../managers/bare.ts';
import { Crew } from '../managers/crew.ts';
import { firstAnswer, freePort } from '../measure/first-answer.ts';
import { medianOf, medianRatio } from '../measure/statistics.ts';
import { atLeast, interleave, type Measurement, type Party, type Row, type RowContext, show } from '../row.ts';

const script = fileURLToPath(new URL('../apps/http.js', import.meta.url));
const WORKERS = 2;
const BAR = 0.95;

export const throughput: Row = {
  id: 'throughput',
  title: `Requests per second, ${WORKERS} workers, against bare node:cluster`,
  async *run(context) {
    await using crew = new Crew();
    const ports = await startManagers(context, crew, script, WORKERS);
    const port = await freePort();
    crew.add(BareNode.cluster(script, port, WORKERS));
    ports.set('bare', port);
    for (const kind of ['new connection', 'keep-alive'] as const) {
      yield await compareRates(ports, { kind, bar: BAR, quick: context.quick });
    }
  },
};

/** Starts the script under each manager, each on a port of its own. */
export async function startManagers(context: RowContext, crew: Crew, script: string, instances: number) {
  const ports = new Map<Party, number>();
  for (const name of context.managers) {
    const port = await freePort();
    const manager = crew.add(context.create(name));
    await manager.start({ name: 'web', script, instances, env: { PORT: String(port) } });
    ports.set(name, port);
  }
  return ports;
}

interface Comparison {
  readonly kind: 'new connection' | 'keep-alive';
  /** Least ratio of pm to bare. */
  readonly bar: number;
  readonly quick: boolean;
}

const partiesOf = (ports: Map<Party, number>): Party[] =>
  (['PM2', 'pm', 'bare'] as const).filter((party) => ports.has(party));

/** Requests per second of every party in interleaved rounds; the ratio is the median of the ratios of the rounds. */
export async function compareRates(ports: Map<Party, number>, { kind, bar, quick }: Comparison): Promise<Measurement> {
  for (const port of ports.values()) await firstAnswer(port);
  // Many short rounds, and pm beside bare in each: a shared machine may be twice as fast a minute later.
  const rounds = quick ? 5 : 20;
  const seconds = 2;
  const rates: Record<Party, number[]> = { pm: [], PM2: [], bare: [] };
  const failures: Record<Party, number> = { pm: 0, PM2: 0, bare: 0 };
  for (const party of interleave(partiesOf(ports), rounds)) {
    const job = { ...loads[kind], port: ports.get(party) ?? 0, clients: 50 };
    const result = await loadFor(seconds * 1000, job);
    rates[party].push((result.requests - result.failed) / result.seconds);
    failures[party] += result.failed;
  }
  const ratio = medianRatio(rates.pm, rates.bare);
  return {
    what: kind === 'keep-alive' ? 'keep-alive requests/s' : 'connections/s',
    pm: show(medianOf(rates.pm)),
    pm2: show(medianOf(rates.PM2)),
    bare: show(medianOf(rates.bare)),
    ...(ratio === undefined ? {} : { ratio }),
    bar: `≥ ${bar} x bare`,
    pass: atLeast(ratio, bar),
    details: { rates, failures },
  };
}
