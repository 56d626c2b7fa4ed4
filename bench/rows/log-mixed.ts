import { isUtf8 } from 'node:buffer';
import { fileURLToPath } from 'node:url';
import { logFilesOf, ONE_FILE, readLogs, sizeOf, untilWritten } from '../measure/log-files.ts';
import { sum } from '../measure/statistics.ts';
import { type ManagerName, type PerManager, type Row, type RowContext, show } from '../row.ts';

const script = fileURLToPath(new URL('../apps/print-mixed.js', import.meta.url));
const WORKERS = 8;
const CHARACTERS = ['a', 'é', '日', '😀'];

interface Trial {
  readonly intact: number;
  readonly torn: number;
  readonly outOfOrder: number;
  readonly validUtf8: boolean;
}

export const logMixed: Row = {
  id: 'log-mixed',
  title: `${WORKERS} workers, lines up to 64 kB with characters cut across writes, merged into one file`,
  async *run(context) {
    const lines = context.quick ? 5_000 : 100_000;
    const trials: PerManager<Trial> = {};
    for (const name of context.managers) trials[name] = await print(context, name, lines);
    const { pm, PM2 } = trials;
    const wanted = lines * WORKERS;
    yield {
      what: `of ${show(wanted)} lines`,
      pm: describe(pm, wanted),
      pm2: describe(PM2, wanted),
      bar: '0 lost, 0 torn, in order, valid UTF-8',
      pass: pm ? pm.intact === wanted && pm.torn + pm.outOfOrder === 0 && pm.validUtf8 : null,
      details: trials,
    };
  },
};

function describe(trial: Trial | undefined, wanted: number): string {
  if (!trial) return '-';
  const { intact, torn, outOfOrder, validUtf8 } = trial;
  const damage = `${show(wanted - intact)} lost, ${show(torn)} torn, ${show(outOfOrder)} out of order`;
  return `${damage}, ${validUtf8 ? 'valid UTF-8' : 'broken characters'}`;
}

async function print(context: RowContext, name: ManagerName, lines: number): Promise<Trial> {
  await using manager = context.create(name);
  const env = { LINES: String(lines) };
  await manager.start({ name: 'mixed', script, instances: WORKERS, env, flags: ['--merge-logs', ...ONE_FILE[name]] });
  const files = () => logFilesOf(manager, 'mixed');
  await untilWritten(Number.POSITIVE_INFINITY, () => sum(files().map(sizeOf)));
  return readLogs(files()).map(inspect).reduce(merge);
}

const merge = (a: Trial, b: Trial): Trial => ({
  intact: a.intact + b.intact,
  torn: a.torn + b.torn,
  outOfOrder: a.outOfOrder + b.outOfOrder,
  validUtf8: a.validUtf8 && b.validUtf8,
});

/** Checks each line by itself: it says which it is, how long it is, and its payload is always the same four characters. */
function inspect(bytes: Buffer): Trial {
  const counts = { intact: 0, torn: 0, outOfOrder: 0 };
  const last = new Map<string, number>();
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at);
    const line = bytes.toString('utf8', at, end < 0 ? bytes.length : end);
    at = end < 0 ? bytes.length : end + 1;
    const [, slot, number, length, payload] = /^(\d+) (\d+) (\d+) (.*)$/su.exec(line) ?? [];
    if (slot === undefined || !isWhole(payload ?? '', Number(length))) {
      counts.torn++;
      continue;
    }
    counts.intact++;
    if (Number(number) <= (last.get(slot) ?? -1)) counts.outOfOrder++;
    last.set(slot, Number(number));
  }
  return { ...counts, validUtf8: isUtf8(bytes) };
}

function isWhole(payload: string, length: number): boolean {
  const characters = [...payload];
  return characters.length === length && characters.every((one, i) => one === CHARACTERS[i % CHARACTERS.length]);
}
