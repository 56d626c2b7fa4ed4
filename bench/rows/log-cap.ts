import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sizeOf } from '../measure/log-files.ts';
import { sum } from '../measure/statistics.ts';
import { type Row, show } from '../row.ts';

const script = fileURLToPath(new URL('../apps/print-lines.js', import.meta.url));
const MB = 1024 * 1024;
const CAP_MB = 100;
const SEGMENT_MB = 10;
const LINE_BYTES = 10_000;
const SAMPLE_MS = 5;

export const logCap: Row = {
  id: 'log-cap',
  title: `Disk use of an app that writes at full speed, capped at ${CAP_MB} MB`,
  async *run(context) {
    if (!context.managers.includes('pm')) return;
    const megabytes = context.quick ? 500 : 5 * 1024;
    await using manager = context.create('pm');
    const timesFile = join(manager.home, 'times');
    const lines = Math.ceil((megabytes * MB) / LINE_BYTES);
    const env = { LINES: String(lines), LINE_BYTES: String(LINE_BYTES), TIMES_FILE: timesFile };
    await manager.start({ name: 'printer', script, env, flags: ['--log-max-total', `${CAP_MB}M`] });
    const folder = join(manager.home, 'logs');
    const used = () => sum(readdirSync(folder).map((name) => sizeOf(join(folder, name))));
    let most = 0;
    for (const firstSize = sizeOf(timesFile); sizeOf(timesFile) <= firstSize; await delay(SAMPLE_MS)) {
      most = Math.max(most, used());
    }
    yield {
      what: `most on disk while ${show(megabytes)} MB were written`,
      pm: show(most / MB, 'MB', 1),
      pm2: 'no cap',
      bar: `≤ ${CAP_MB + SEGMENT_MB} MB`,
      pass: most <= (CAP_MB + SEGMENT_MB) * MB,
      details: { mostBytes: most },
    };
  },
};
