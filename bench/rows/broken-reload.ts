import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type LoadResult, loads } from '../load/job.ts';
import { startLoad } from '../load/load.ts';
import type { Manager } from '../managers/manager.ts';
import type { CommandResult } from '../measure/command.ts';
import { firstAnswer, freePort } from '../measure/first-answer.ts';
import { type Measurement, type PerManager, type Row, show } from '../row.ts';

const BROKEN = ['throws-at-boot', 'never-listens', 'exits-after-300-ms', 'exits-0'] as const;
const AFTERMATH_MS = 1500; // what a manager breaks may show only after its command has returned

interface Trial {
  readonly load: LoadResult;
  readonly reload: CommandResult;
  readonly samePids: boolean;
  /** Whether the command showed what the broken version wrote to its stderr. */
  readonly causeShown: boolean;
}

export const brokenReload: Row = {
  id: 'broken-reload',
  title: 'Reload to broken code under load',
  async *run(context) {
    for (const kind of BROKEN) {
      const trials: PerManager<Trial> = {};
      for (const name of context.managers) {
        await using manager = context.create(name);
        trials[name] = await reloadTo(manager, kind);
      }
      yield judge(kind, trials);
    }
  },
};

const appFile = (path: string): string => fileURLToPath(new URL(`../apps/${path}.js`, import.meta.url));

async function reloadTo(manager: Manager, kind: string): Promise<Trial> {
  const port = await freePort();
  const script = join(manager.home, 'app.js');
  copyFileSync(appFile('http'), script);
  const flags = ['--listen-timeout', '3000']; // PM2's default, so that both wait as long
  await manager.start({ name: 'web', script, instances: 2, env: { PORT: String(port) }, flags });
  await firstAnswer(port);
  const before = pidsOf(await manager.list());
  const load = await startLoad({ ...loads['new connection'], port, timeoutMs: 5000 });
  copyFileSync(appFile(`broken/${kind}`), script);
  const reload = await manager.run(['reload', 'web']);
  await delay(AFTERMATH_MS);
  const result = await load.stop();
  const samePids = pidsOf(await manager.list()) === before;
  return { load: result, reload, samePids, causeShown: reload.stderr.includes('BENCH-CAUSE') };
}

const pidsOf = (list: readonly { pid: number }[]): string => list.map(({ pid }) => pid).join(' ');

function judge(kind: string, { pm, PM2 }: PerManager<Trial>): Measurement {
  return {
    what: kind.replaceAll('-', ' '),
    pm: describe(pm),
    pm2: describe(PM2),
    bar: '0 failed, same pids, exit 1, cause printed',
    pass: pm ? pm.load.failed === 0 && pm.samePids && pm.reload.code === 1 && pm.causeShown : null,
    details: { pm: pm && facts(pm), pm2: PM2 && facts(PM2) },
  };
}

function describe(trial: Trial | undefined): string {
  if (!trial) return '-';
  const { load, reload, samePids, causeShown } = trial;
  const pids = samePids ? 'same pids' : 'other pids';
  const cause = causeShown ? 'cause printed' : 'no cause';
  return `${show(load.failed)} of ${show(load.requests)} failed, ${pids}, exit ${reload.code}, ${cause}`;
}

const facts = (trial: Trial): unknown => ({
  failures: trial.load.failures,
  examples: trial.load.examples,
  reloadMs: Math.round(trial.reload.tookMs),
  stderr: trial.reload.stderr,
  stdout: trial.reload.stdout,
});
