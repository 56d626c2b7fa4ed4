import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median, sum } from '../measure/statistics.ts';
import { atLeast, interleave, type ManagerName, type Row, type RowContext, ratioOf, show } from '../row.ts';

const script = fileURLToPath(new URL('../apps/print-lines.js', import.meta.url));
const LINE_BYTES = 90;
const STALLED_MS = 5000; // a log that has not grown for so long has all that it will ever get

interface Trial {
  readonly linesPerSecond: number;
  readonly lost: number;
  readonly torn: number;
}

export const logLines: Row = {
  id: 'log-lines',
  title: `Lines of ${LINE_BYTES} bytes from one app, to disk`,
  async *run(context) {
    const lines = context.quick ? 100_000 : 300_000;
    const rounds = context.quick ? 1 : 4;
    const trials: Record<ManagerName, Trial[]> = { pm: [], PM2: [] };
    for (const name of interleave(context.managers, rounds)) trials[name].push(await print(context, name, lines));
    const rates = { pm: rateOf(trials.pm), pm2: rateOf(trials.PM2) };
    const ratio = ratioOf(rates.pm, rates.pm2);
    yield {
      what: `lost and torn of ${show(lines)}, ${rounds} times`,
      pm: showDamage(trials.pm),
      pm2: showDamage(trials.PM2),
      bar: '0 lost, 0 torn',
      pass: trials.pm.length > 0 ? trials.pm.every(({ lost, torn }) => lost === 0 && torn === 0) : null,
      details: trials,
    };
    yield {
      what: `lines/s, median of ${rounds}`,
      pm: show(rates.pm),
      pm2: show(rates.pm2),
      ...ratio,
      bar: "≥ PM2's",
      pass: atLeast(ratio.ratio, 1),
      details: null,
    };
  },
};

const rateOf = (trials: Trial[]) =>
  trials.length > 0 ? median(trials.map(({ linesPerSecond }) => linesPerSecond)) : undefined;

function showDamage(trials: Trial[]): string {
  if (trials.length === 0) return '-';
  return `${show(sum(trials.map(({ lost }) => lost)))} lost, ${show(sum(trials.map(({ torn }) => torn)))} torn`;
}

async function print(context: RowContext, name: ManagerName, lines: number): Promise<Trial> {
  await using manager = context.create(name);
  const startFile = join(manager.home, 'started-at');
  const log = join(manager.home, 'printed.log');
  const env = { LINES: String(lines), LINE_BYTES: String(LINE_BYTES), START_FILE: startFile };
  await manager.start({ name: 'printer', script, env, flags: ['--output', log] });
  const doneAt = await untilComplete(log, lines * LINE_BYTES);
  const startedAt = Number(readFileSync(startFile, 'utf8'));
  return { linesPerSecond: lines / ((doneAt - startedAt) / 1000), ...inspect(readFileSync(log, 'latin1'), lines) };
}

/** The time at which the log had reached its size, or had stopped growing. */
async function untilComplete(log: string, bytes: number): Promise<number> {
  let size = -1;
  let grewAt = Date.now();
  while (size < bytes && Date.now() - grewAt < STALLED_MS) {
    await delay(5);
    const now = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    if (now > size) {
      size = now;
      grewAt = Date.now();
    }
  }
  return grewAt;
}

function inspect(text: string, lines: number): Pick<Trial, 'lost' | 'torn'> {
  const seen = new Set<number>();
  let torn = 0;
  for (const line of text.split('\n')) {
    if (/^line \d{7} x+$/.test(line) && line.length === LINE_BYTES - 1) seen.add(Number(line.slice(5, 12)));
    else if (line !== '') torn++;
  }
  return { lost: lines - seen.size, torn };
}
