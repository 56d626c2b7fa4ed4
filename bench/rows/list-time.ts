import { fileURLToPath } from 'node:url';
import { Crew } from '../managers/crew.ts';
import type { Manager } from '../managers/manager.ts';
import { minimalEnvironment, runCommand } from '../measure/command.ts';
import { medianOf, medianRatio } from '../measure/statistics.ts';
import { atMost, interleave, type Party, type Row, show } from '../row.ts';

const idle = fileURLToPath(new URL('../apps/idle.js', import.meta.url));
const BAR = 1.5;

export const listTime: Row = {
  id: 'list-time',
  title: '"ls" with one app, against "node -e 0"',
  async *run(context) {
    const runs = context.quick ? 20 : 120;
    const times: Record<Party, number[]> = { pm: [], PM2: [], bare: [] };
    await using crew = new Crew();
    const managers = new Map<Party, Manager>();
    for (const name of context.managers) {
      const manager = crew.add(context.create(name));
      await manager.start({ name: 'idle', script: idle });
      managers.set(name, manager);
    }
    for (const party of interleave<Party>(['bare', ...managers.keys()], runs)) {
      const manager = managers.get(party);
      times[party].push(manager ? (await manager.run(['ls'])).tookMs : await bareTime());
    }
    const ratio = medianRatio(times.pm, times.bare);
    yield {
      what: `time, median of ${runs}`,
      pm: show(medianOf(times.pm), 'ms', 1),
      pm2: show(medianOf(times.PM2), 'ms', 1),
      bare: show(medianOf(times.bare), 'ms', 1),
      ...(ratio === undefined ? {} : { ratio }),
      bar: `≤ ${BAR} x bare`,
      pass: atMost(ratio, BAR),
      details: times,
    };
  },
};

async function bareTime(): Promise<number> {
  return (await runCommand(process.execPath, ['-e', '0'], { env: minimalEnvironment('/') })).tookMs;
}
