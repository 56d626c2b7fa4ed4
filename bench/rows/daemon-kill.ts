import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type LoadResult, loads } from '../load/job.ts';
import { startLoad } from '../load/load.ts';
import type { ListedProcess, Manager } from '../managers/manager.ts';
import { firstAnswer, freePort } from '../measure/first-answer.ts';
import { until } from '../measure/wait.ts';
import { type PerManager, type Row, show } from '../row.ts';

const WAIT_MS = 5000; // how long a new daemon may take to come by itself
const BAR_MS = 2000;

interface Trial {
  readonly load: LoadResult;
  /** Until a daemon with another pid answered, with no command run; null: none within 5 s. */
  readonly newDaemonMs: number | null;
  readonly before: readonly ListedProcess[];
  readonly after: readonly ListedProcess[];
}

export const daemonKill: Row = {
  id: 'daemon-kill',
  title: 'kill -9 of the daemon under load',
  async *run(context) {
    const trials: PerManager<Trial> = {};
    for (const name of context.managers) {
      await using manager = context.create(name);
      trials[name] = await killDaemon(manager);
    }
    const { pm, PM2 } = trials;
    yield {
      what: 'failed requests',
      pm: pm ? `${show(pm.load.failed)} of ${show(pm.load.requests)}` : '-',
      pm2: PM2 ? `${show(PM2.load.failed)} of ${show(PM2.load.requests)}` : '-',
      bar: '0',
      pass: pm ? pm.load.failed === 0 : null,
      details: { pm: pm?.load.failures, examples: pm?.load.examples, pm2: PM2?.load.failures },
    };
    yield {
      what: 'pids, counters and uptime in the next list',
      pm: pm ? (sameProcesses(pm) ? 'same' : 'changed') : '-',
      pm2: PM2 ? (sameProcesses(PM2) ? 'same' : `${PM2.after.length} apps listed`) : '-',
      bar: 'same',
      pass: pm ? sameProcesses(pm) : null,
      details: { pm: pm && { before: pm.before, after: pm.after } },
    };
    yield {
      what: 'a new daemon answers by itself after',
      pm: showWait(pm),
      pm2: showWait(PM2),
      bar: `≤ ${show(BAR_MS, 'ms')}`,
      pass: pm ? pm.newDaemonMs !== null && pm.newDaemonMs <= BAR_MS : null,
      details: null,
    };
  },
};

async function killDaemon(manager: Manager): Promise<Trial> {
  const port = await freePort();
  const script = fileURLToPath(new URL('../apps/http.js', import.meta.url));
  await manager.start({ name: 'web', script, instances: 2, env: { PORT: String(port) } });
  await firstAnswer(port);
  const before = await manager.list();
  const daemon = manager.daemonPid();
  if (daemon === undefined) throw new Error(`${manager.name} has no daemon to kill.`);
  const load = await startLoad({ ...loads['keep-alive'], port });
  await delay(500); // some load before, so that connections are open
  const killedAt = performance.now();
  process.kill(daemon, 'SIGKILL');
  const newDaemonMs = await until('a new daemon', () => answersAnew(manager, daemon), { ms: WAIT_MS }).then(
    () => performance.now() - killedAt,
    () => null,
  );
  await delay(500);
  return { load: await load.stop(), newDaemonMs, before, after: await manager.list() };
}

/** Whether a daemon other than the killed one accepts and answers a request. PM2's never comes back unasked. */
async function answersAnew(manager: Manager, killed: number): Promise<boolean> {
  const pid = manager.daemonPid();
  return pid !== undefined && pid !== killed && (await answersPing(join(manager.home, 'daemon.sock')));
}

function answersPing(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.setTimeout(500, () => socket.destroy());
    socket.once('data', () => socket.destroy().emit('answered'));
    socket.once('answered', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.write('{"jsonrpc":"2.0","id":1,"method":"daemon.ping","params":{}}\n');
  });
}

function sameProcesses({ before, after }: Trial): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function showWait(trial: Trial | undefined): string {
  if (!trial) return '-';
  return trial.newDaemonMs === null ? 'never' : show(trial.newDaemonMs, 'ms');
}
