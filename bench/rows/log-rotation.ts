import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logFilesOf, readLogs, sizeOf, untilWritten } from '../measure/log-files.ts';
import { checkNumberedLines, type LineDamage } from '../measure/numbered-lines.ts';
import { parentOf, peakRssBytes } from '../measure/process-facts.ts';
import { median, sum } from '../measure/statistics.ts';
import { atLeast, interleave, type ManagerName, type Row, type RowContext, ratioOf, show } from '../row.ts';

const script = fileURLToPath(new URL('../apps/print-lines.js', import.meta.url));
const LINE_BYTES = 100;
/** One line at a time, the app is what takes longest: `cat` is no faster then. */
const LINES_PER_WRITE = 100;
const WORK = { LINE_BYTES: String(LINE_BYTES), LINES_PER_WRITE: String(LINES_PER_WRITE) };
const RSS_BAR_MB = 120;

interface Trial extends LineDamage {
  readonly linesPerSecond: number;
  readonly files: number;
  readonly peakRssMegabytes: number;
}

export const logRotation: Row = {
  id: 'log-rotation',
  title: `Firehose of lines of ${LINE_BYTES} bytes, ${LINES_PER_WRITE} a write, pm with its rotation on, PM2 with none`,
  async *run(context) {
    const lines = context.quick ? 300_000 : 1_000_000;
    const rounds = context.quick ? 1 : 3;
    const trials: Record<ManagerName, Trial[]> = { pm: [], PM2: [] };
    const limits: number[] = [];
    for (const name of interleave(context.managers, rounds)) trials[name].push(await print(context, name, lines));
    for (let round = 0; round < rounds; round++) limits.push(await printToCat(lines));
    const rates = { pm: rateOf(trials.pm), pm2: rateOf(trials.PM2) };
    const ratio = ratioOf(rates.pm, rates.pm2);
    yield {
      what: `lost, torn, repeated of ${show(lines)} over all files, ${rounds} times`,
      pm: showDamage(trials.pm),
      pm2: showDamage(trials.PM2),
      bar: '0, 0, 0',
      pass: trials.pm.length > 0 ? trials.pm.every((trial) => trial.lost + trial.torn + trial.repeated === 0) : null,
      details: trials,
    };
    yield {
      what: `lines/s, median of ${rounds}`,
      pm: show(rates.pm),
      pm2: show(rates.pm2),
      ...ratio,
      bar: '≥ 2 x PM2',
      pass: atLeast(ratio.ratio, 2),
      details: null,
    };
    const peak = Math.max(0, ...trials.pm.map(({ peakRssMegabytes }) => peakRssMegabytes));
    yield {
      what: 'peak memory of the process that writes',
      pm: show(peak, 'MB', 1),
      pm2: show(Math.max(0, ...trials.PM2.map(({ peakRssMegabytes }) => peakRssMegabytes)), 'MB', 1),
      bar: `≤ ${RSS_BAR_MB} MB`,
      pass: trials.pm.length > 0 ? peak <= RSS_BAR_MB : null,
      details: null,
    };
    yield {
      what: 'lines/s into "cat >/dev/null", the limit',
      pm: show(rates.pm),
      pm2: show(rates.pm2),
      bare: show(median(limits)),
      ...ratioOf(rates.pm, median(limits)),
      bar: 'reported',
      pass: null,
      details: limits,
    };
  },
};

const rateOf = (trials: Trial[]) =>
  trials.length > 0 ? median(trials.map(({ linesPerSecond }) => linesPerSecond)) : undefined;

function showDamage(trials: Trial[]): string {
  if (trials.length === 0) return '-';
  const total = (of: (trial: Trial) => number) => show(sum(trials.map(of)));
  return `${total(({ lost }) => lost)}, ${total(({ torn }) => torn)}, ${total(({ repeated }) => repeated)}`;
}

async function print(context: RowContext, name: ManagerName, lines: number): Promise<Trial> {
  await using manager = context.create(name);
  const timesFile = join(manager.home, 'times');
  const env = { ...WORK, LINES: String(lines), TIMES_FILE: timesFile };
  const size = () => sum(logFilesOf(manager, 'printer').map(sizeOf));
  // Watched from the beginning: the command itself may return later than the last line.
  const [doneAt] = await Promise.all([
    untilWritten(lines * LINE_BYTES, size),
    manager.start({ name: 'printer', script, env }),
  ]);
  const writer = parentOf((await manager.list())[0]?.pid ?? 0) ?? 0;
  const files = logFilesOf(manager, 'printer');
  const text = Buffer.concat(readLogs(files)).toString('latin1');
  return {
    linesPerSecond: lines / ((doneAt - startOf(timesFile)) / 1000),
    files: files.length,
    peakRssMegabytes: peakRssBytes(writer) / 2 ** 20,
    ...checkNumberedLines(text, { lines, bytes: LINE_BYTES }),
  };
}

const startOf = (timesFile: string): number => Number(readFileSync(timesFile, 'utf8').split('\n')[0]);

/** Lines per second of the same app with nothing but a pipe behind it. */
async function printToCat(lines: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const timesFile = join(folder, 'times');
  const env = { ...process.env, ...WORK, LINES: String(lines), TIMES_FILE: timesFile };
  const cat = spawn('sh', ['-c', 'cat >/dev/null'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const app = spawn(process.execPath, [script], { env, stdio: ['ignore', cat.stdin, 'inherit'] });
  const times = () => readFileSync(timesFile, 'utf8').trim().split('\n').map(Number);
  while ((sizeOf(timesFile) > 0 ? times() : []).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  const [first = 0, last = 0] = times();
  app.kill();
  await once(app, 'exit');
  cat.stdin.destroy();
  rmSync(folder, { recursive: true });
  return lines / ((last - first) / 1000);
}
