import { fileURLToPath } from 'node:url';
import { firstAnswer, freePort } from '../measure/first-answer.ts';
import { medianOf } from '../measure/statistics.ts';
import { atMost, interleave, type ManagerName, type Row, type RowContext, ratioOf, show } from '../row.ts';

const script = fileURLToPath(new URL('../apps/http.js', import.meta.url));
const BAR = 0.7;

export const coldStart: Row = {
  id: 'cold-start',
  title: 'No daemon, "start app.js -i 2", to the first answer',
  async *run(context) {
    const rounds = context.quick ? 3 : 10;
    const times: Record<ManagerName, number[]> = { pm: [], PM2: [] };
    for (const name of interleave(context.managers, rounds)) times[name].push(await startOnce(context, name));
    const pm = medianOf(times.pm);
    const pm2 = medianOf(times.PM2);
    const ratio = ratioOf(pm, pm2);
    yield {
      what: `time, median of ${rounds}`,
      pm: show(pm, 'ms'),
      pm2: show(pm2, 'ms'),
      ...ratio,
      bar: `≤ ${BAR} x PM2`,
      pass: atMost(ratio.ratio, BAR),
      details: times,
    };
  },
};

async function startOnce(context: RowContext, name: ManagerName): Promise<number> {
  const port = await freePort();
  await using manager = context.create(name);
  const started = manager.start({ name: 'web', script, instances: 2, env: { PORT: String(port) } });
  const [{ tookMs }] = await Promise.all([firstAnswer(port), started]);
  return tookMs;
}
