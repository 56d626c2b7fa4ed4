import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BareNode } from '../managers/bare.ts';
import { type FirstAnswer, firstAnswer, freePort } from '../measure/first-answer.ts';
import { median, sum } from '../measure/statistics.ts';
import { until } from '../measure/wait.ts';
import { atMost, type ManagerName, type Row, type RowContext, ratioOf, show } from '../row.ts';

const script = fileURLToPath(new URL('../apps/http.js', import.meta.url));
const MIN_UPTIME_MS = 1200; // killing it sooner would count as a crash at boot, in both managers
const BAR = 1.3;

export const onlyWorkerKill: Row = {
  id: 'only-worker-kill',
  title: 'kill -9 of the only worker, to the next answer',
  async *run(context) {
    const kills = context.quick ? 5 : 15;
    const bare = median((await bareAnswers(kills)).map(({ tookMs }) => tookMs));
    const answers: Partial<Record<ManagerName, FirstAnswer[]>> = {};
    for (const name of context.managers) answers[name] = await answersAfterKills(context, name, kills);
    const times = { pm: medianOf(answers.pm), pm2: medianOf(answers.PM2) };
    const ratio = ratioOf(times.pm, bare);
    yield {
      what: `time to the next answer, median of ${kills} kills (bare: first answer of "node app.js")`,
      pm: show(times.pm, 'ms', 1),
      pm2: show(times.pm2, 'ms', 1),
      bare: show(bare, 'ms', 1),
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
      pass: answers.pm ? refusedIn(answers.pm) === 0 : null,
      details: null,
    };
  },
};

const medianOf = (answers: FirstAnswer[] | undefined) => answers && median(answers.map(({ tookMs }) => tookMs));
const refusedIn = (answers: FirstAnswer[] | undefined) => answers && sum(answers.map(({ refused }) => refused));

function describe(answers: FirstAnswer[] | undefined): string {
  if (!answers) return '-';
  return `${show(refusedIn(answers))} refused, ${sum(answers.map(({ hung }) => hung))} hung`;
}

async function bareAnswers(times: number): Promise<FirstAnswer[]> {
  const answers: FirstAnswer[] = [];
  for (let i = 0; i < times; i++) {
    const port = await freePort();
    await using _node = BareNode.script(script, port);
    answers.push(await firstAnswer(port));
  }
  return answers;
}

async function answersAfterKills(context: RowContext, name: ManagerName, kills: number): Promise<FirstAnswer[]> {
  const port = await freePort();
  await using manager = context.create(name);
  await manager.start({ name: 'web', script, instances: 1, env: { PORT: String(port) } });
  await firstAnswer(port);
  const answers: FirstAnswer[] = [];
  for (let i = 0; i < kills; i++) {
    await delay(MIN_UPTIME_MS);
    const worker = await until('the worker to be online', async () =>
      (await manager.list()).find(({ status, pid }) => status === 'online' && pid > 0),
    );
    process.kill(worker.pid, 'SIGKILL');
    answers.push(await firstAnswer(port));
  }
  return answers;
}
