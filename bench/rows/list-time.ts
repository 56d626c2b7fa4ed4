import { fileURLToPath } from 'node:url';
import { Crew } from '../managers/crew.ts';
import type { Manager } from '../managers/manager.ts';
import { minimalEnvironment, runCommand } from '../measure/command.ts';
import { median } from '../measure/statistics.ts';
import { atMost, type ManagerName, type Row, ratioOf, show } from '../row.ts';

const idle = fileURLToPath(new URL('../apps/idle.js', import.meta.url));
const BAR = 1.5;

export const listTime: Row = {
  id: 'list-time',
  title: '"ls" with one app, against "node -e 0"',
  async *run(context) {
    const runs = context.quick ? 10 : 40;
    const times: Record<ManagerName | 'bare', number[]> = { pm: [], PM2: [], bare: [] };
    await using crew = new Crew();
    const managers: Manager[] = [];
    for (const name of context.managers) {
      const manager = crew.add(context.create(name));
      await manager.start({ name: 'idle', script: idle });
      managers.push(manager);
    }
    for (let i = 0; i < runs; i++) {
      times.bare.push(await bareTime());
      for (const manager of managers) times[manager.name].push((await manager.run(['ls'])).tookMs);
    }
    const { pm, PM2, bare } = { pm: middle(times.pm), PM2: middle(times.PM2), bare: middle(times.bare) };
    const ratio = ratioOf(pm, bare);
    yield {
      what: `time, median of ${runs}`,
      pm: show(pm, 'ms', 1),
      pm2: show(PM2, 'ms', 1),
      bare: show(bare, 'ms', 1),
      ...ratio,
      bar: `≤ ${BAR} x bare`,
      pass: atMost(ratio.ratio, BAR),
      details: times,
    };
  },
};

const middle = (times: number[]) => (times.length > 0 ? median(times) : undefined);

async function bareTime(): Promise<number> {
  return (await runCommand(process.execPath, ['-e', '0'], { env: minimalEnvironment('/') })).tookMs;
}
