import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type LoadResult, loads } from '../load/job.ts';
import { startLoad } from '../load/load.ts';
import type { Manager } from '../managers/manager.ts';
import { firstAnswer, freePort } from '../measure/first-answer.ts';
import { until } from '../measure/wait.ts';
import { type PerManager, type Row, show } from '../row.ts';

const MIN_UPTIME_MS = 1200; // killing it sooner would count as a crash at boot, in both managers

export const workerKill: Row = {
  id: 'worker-kill',
  title: 'kill -9 of one of two workers under load',
  async *run(context) {
    const kills = context.quick ? 5 : 20;
    const results: PerManager<LoadResult> = {};
    for (const name of context.managers) {
      await using manager = context.create(name);
      results[name] = await killRepeatedly(manager, kills);
    }
    const { pm, PM2 } = results;
    yield {
      what: `hung connections in ${kills} kills`,
      pm: describe(pm),
      pm2: describe(PM2),
      bar: '0 hung, 0 refused',
      pass: pm ? pm.failures.hung + pm.failures.refused + pm.failures.status + pm.failures.own === 0 : null,
      details: results,
    };
  },
};

async function killRepeatedly(manager: Manager, kills: number): Promise<LoadResult> {
  const port = await freePort();
  const script = fileURLToPath(new URL('../apps/http.js', import.meta.url));
  await manager.start({ name: 'web', script, instances: 2, env: { PORT: String(port) } });
  await firstAnswer(port);
  const load = await startLoad({ ...loads['new connection'], port, timeoutMs: 5000 });
  for (let i = 0; i < kills; i++) {
    await delay(MIN_UPTIME_MS);
    const victim = (await manager.list())[i % 2]?.pid ?? 0;
    if (victim > 0) process.kill(victim, 'SIGKILL');
    await until('the killed worker to be replaced', async () => {
      const list = await manager.list();
      return list.length === 2 && list.every(({ pid, status }) => pid !== victim && status === 'online');
    });
  }
  await delay(500);
  return load.stop();
}

function describe(result: LoadResult | undefined): string {
  if (!result) return '-';
  const { hung, refused, reset } = result.failures;
  return `${hung} hung, ${refused} refused, ${reset} reset of ${show(result.requests)}`;
}
