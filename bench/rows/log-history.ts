import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { median } from '../measure/statistics.ts';
import { type Row, show } from '../row.ts';

const script = fileURLToPath(new URL('../apps/idle.js', import.meta.url));
const FILES = 100;
const FILE_LINES = 100_000; // of 105 bytes: 10 MB
const ROUNDS = 7;
const BAR_MS = 300;

export const logHistory: Row = {
  id: 'log-history',
  title: '"pm logs --lines 1000" over 1 GB of rotated logs, the newest file all but empty',
  async *run(context) {
    if (!context.managers.includes('pm')) return;
    await using manager = context.create('pm');
    await manager.start({ name: 'app', script, flags: ['--log-keep', '1000', '--log-max-total', '0'] });
    const log = join(manager.home, 'logs', 'app-out.log');
    const lines = Array.from({ length: FILE_LINES }, (_, i) => `line ${i} ${Math.random()} ${'x'.repeat(75)}`);
    const file = gzipSync(`${lines.join('\n')}\n`, { level: 1 });
    for (let seq = 1; seq <= FILES; seq++) writeFileSync(`${log}.2026-01-01_00-00-00.${seq}.gz`, file);
    writeFileSync(log, 'newest\n');
    const times: number[] = [];
    let shown = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { tookMs, stdout } = await manager.run(['logs', 'app', '--nostream', '--out', '--raw', '--lines', '1000']);
      times.push(tookMs);
      shown = stdout.trimEnd().split('\n').length;
    }
    yield {
      what: `median of ${ROUNDS}, ${shown} lines shown`,
      pm: show(median(times), 'ms'),
      pm2: 'no rotation',
      bar: `≤ ${BAR_MS} ms`,
      pass: median(times) <= BAR_MS && shown === 1000,
      details: times,
    };
  },
};
