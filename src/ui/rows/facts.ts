import { sayDuration } from '../../shared/duration.ts';
import { formatUptime } from '../../shared/format.ts';
import type { ExitInfo, WorkerView } from '../../shared/worker-view.ts';
import { clean } from '../clean-text.ts';
import { type ListRow, workersOf } from '../list-rows.ts';
import type { Tone } from '../styled-text.ts';
import { tellingLines } from '../telling-lines.ts';

/** Something to know about the selected row. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly tone: Tone;
  /** Which part is shown when there is little room. */
  readonly keep: 'start' | 'end';
}

/** The most telling first: a strip shows only the first few. */
export function factsOf(row: ListRow, now: number): Fact[] {
  const { spec } = row.app;
  const exit = lastExitOf(workersOf(row));
  return [
    ...exitFacts(exit, { now, killSignal: spec.killSignal }),
    ...lossFacts(workersOf(row)),
    fact('script', clean([spec.script, ...spec.args].join(' ')), { keep: 'end' }),
    fact('mode', spec.execMode === 'cluster' ? `cluster, ${spec.instances} wanted` : 'fork'),
    ...(row.worker ? workerFacts(row.worker, row.app.workers.length) : []),
    fact('version', clean(spec.version)),
    fact('cwd', clean(spec.cwd), { keep: 'end' }),
  ];
}

const fact = (
  label: string,
  value: string,
  { tone = 'plain', keep = 'start' }: { tone?: Tone; keep?: Fact['keep'] } = {},
): Fact => ({ label, value, tone, keep });

const workerFacts = ({ pid, nodeVersion, slot, generation, unstableRestarts }: WorkerView, workers: number): Fact[] => [
  ...(pid > 0 ? [fact('pid', String(pid))] : []),
  ...(nodeVersion ? [fact('node', clean(nodeVersion))] : []),
  fact('gen', String(generation)),
  ...(workers > 1 ? [fact('slot', String(slot))] : []),
  ...(unstableRestarts > 0 ? [fact('unstable', `${unstableRestarts} exits too early`, { tone: 'busy' })] : []),
];

const lastExitOf = (workers: readonly WorkerView[]): ExitInfo | null =>
  workers.reduce<ExitInfo | null>(
    (last, { lastExit }) => (lastExit && (!last || lastExit.at > last.at) ? lastExit : last),
    null,
  );

function exitFacts(exit: ExitInfo | null, { now, killSignal }: { now: number; killSignal: NodeJS.Signals }): Fact[] {
  if (!exit) return [];
  const clear = isClean(exit, killSignal);
  const tone = clear ? 'plain' : 'bad';
  const [said] = tellingLines(exit.stderr, 1);
  return [
    fact('last exit', `${causeOf(exit)}, ${formatUptime(now - exit.at)} ago`, { tone }),
    ...(said && !clear ? [fact('it said', clean(said), { tone })] : []),
  ];
}

/** It finished, or went when it was told to. */
const isClean = ({ code, signal, spawnError }: ExitInfo, killSignal: NodeJS.Signals): boolean =>
  spawnError === undefined && (code === 0 || signal === killSignal);

function causeOf({ code, signal, spawnError, uptimeMs }: ExitInfo): string {
  if (spawnError !== undefined) return `could not be spawned: ${clean(spawnError)}`;
  return `${signal === null ? `code ${code ?? '?'}` : signal} after ${sayDuration(uptimeMs)}`;
}

function lossFacts(workers: readonly WorkerView[]): Fact[] {
  const lost = workers.reduce((sum, { lostLogBytes }) => sum + lostLogBytes, 0);
  return lost > 0 ? [fact('logs', `${lost} bytes could not be written`, { tone: 'bad' })] : [];
}
