import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ONE_FILE, sizeOf, untilWritten } from '../measure/log-files.ts';
import { checkNumberedLines, type LineDamage } from '../measure/numbered-lines.ts';
import { median, sum } from '../measure/statistics.ts';
import { atLeast, interleave, type ManagerName, type Row, type RowContext, ratioOf, show } from '../row.ts';

const script = fileURLToPath(new URL('../apps/print-lines.js', import.meta.url));
const LINES = 300_000;
const LINE_BYTES = 90;

interface Trial extends LineDamage {
  readonly linesPerSecond: number;
}

export const logLines: Row = {
  id: 'log-lines',
  title: `Lines of ${LINE_BYTES} bytes from one app, to disk`,
  async *run(context) {
    const rounds = context.quick ? 2 : 4;
    const trials: Record<ManagerName, Trial[]> = { pm: [], PM2: [] };
    for (const name of interleave(context.managers, rounds)) trials[name].push(await print(context, name));
    const rates = { pm: rateOf(trials.pm), pm2: rateOf(trials.PM2) };
    const ratio = ratioOf(rates.pm, rates.pm2);
    yield {
      what: `lost and torn of ${show(LINES)}, ${rounds} times`,
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

async function print(context: RowContext, name: ManagerName): Promise<Trial> {
  await using manager = context.create(name);
  const timesFile = join(manager.home, 'times');
  const log = join(manager.home, 'printed.log');
  const env = { LINES: String(LINES), LINE_BYTES: String(LINE_BYTES), TIMES_FILE: timesFile };
  // Watched from the beginning: the command itself may return later than the last line.
  const [doneAt] = await Promise.all([
    untilWritten(LINES * LINE_BYTES, () => sizeOf(log)),
    manager.start({ name: 'printer', script, env, flags: ['--output', log, ...ONE_FILE[name]] }),
  ]);
  const startedAt = Number(readFileSync(timesFile, 'utf8').split('\n')[0]);
  const damage = checkNumberedLines(readFileSync(log, 'latin1'), { lines: LINES, bytes: LINE_BYTES });
  return { linesPerSecond: LINES / ((doneAt - startedAt) / 1000), ...damage };
}
