import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BareNode } from '../managers/bare.ts';
import { Crew } from '../managers/crew.ts';
import type { Manager } from '../managers/manager.ts';
import { type FirstAnswer, firstAnswer, freePort } from '../measure/first-answer.ts';
import { medianOf, sum } from '../measure/statistics.ts';
import { until } from '../measure/wait.ts';
import { atMost, interleave, type Party, type Row, type RowContext, ratioOf, show } from '../row.ts';

const script = fileURLToPath(new URL('../apps/http.js', import.meta.url));
const MIN_UPTIME_MS = 1200; // killing it sooner would count as a crash at boot, in both managers
const BAR = 1.3;

export const onlyWorkerKill: Row = {
  id: 'only-worker-kill',
  title: 'kill -9 of the only worker, to the next answer',
  async *run(context) {
    const kills = context.quick ? 5 : 30;
    await using crew = new Crew();
    const answers: Record<Party, FirstAnswer[]> = { pm: [], PM2: [], bare: [] };
    const services = await startManagers(context, crew);
    for (const party of interleave<Party>(['bare', ...services.keys()], kills)) {
      const service = services.get(party);
      answers[party].push(service ? await answerAfterKill(service) : await bareAnswer());
    }
    const times = {
      pm: medianOf(timesOf(answers.pm)),
      PM2: medianOf(timesOf(answers.PM2)),
      bare: medianOf(timesOf(answers.bare)),
    };
    const ratio = ratioOf(times.pm, times.bare);
    yield {
      what: `time to the next answer, median of ${kills} kills (bare: first answer of "node app.js")`,
      pm: show(times.pm, 'ms', 1),
      pm2: show(times.PM2, 'ms', 1),
      bare: show(times.bare, 'ms', 1),
      ...ratio,
      bar: `≤ ${BAR} x bare`,
      pass: atMost(ratio.ratio, BAR),
      details: answers,
    };
    yield {
      what: `refused and hung connections in ${kills} kills`,
      pm: describe(answers.pm),
      pm2: describe(answers.PM2),
      bar: '0 refused',
      pass: answers.pm.length > 0 ? refusedIn(answers.pm) === 0 : null,
      details: null,
    };
  },
};

const timesOf = (answers: readonly FirstAnswer[]) => answers.map(({ tookMs }) => tookMs);
const refusedIn = (answers: readonly FirstAnswer[]) => sum(answers.map(({ refused }) => refused));

function describe(answers: readonly FirstAnswer[]): string {
  if (answers.length === 0) return '-';
  return `${show(refusedIn(answers))} refused, ${sum(answers.map(({ hung }) => hung))} hung`;
}

async function bareAnswer(): Promise<FirstAnswer> {
  const port = await freePort();
  await using _node = BareNode.script(script, port);
  return await firstAnswer(port);
}

interface Service {
  readonly manager: Manager;
  readonly port: number;
}

async function startManagers(context: RowContext, crew: Crew): Promise<Map<Party, Service>> {
  const services = new Map<Party, Service>();
  for (const name of context.managers) {
    const [manager, port] = [crew.add(context.create(name)), await freePort()];
    await manager.start({ name: 'web', script, instances: 1, env: { PORT: String(port) } });
    await firstAnswer(port);
    services.set(name, { manager, port });
  }
  return services;
}

async function answerAfterKill({ manager, port }: Service): Promise<FirstAnswer> {
  await delay(MIN_UPTIME_MS);
  const worker = await until('the worker to be online', async () =>
    (await manager.list()).find(({ status, pid }) => status === 'online' && pid > 0),
  );
  process.kill(worker.pid, 'SIGKILL');
  return await firstAnswer(port);
}
