import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { type AppPlan, planApply } from '../../config/apply-plan.ts';
import { appsOfPm2Records } from '../../config/pm2-dump.ts';
import type { ListedApp } from '../../protocol/messages.ts';
import { appKey } from '../../shared/app-spec.ts';
import { isRecord } from '../../shared/is-record.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import type { RestoredApp } from '../../shared/restored-app.ts';
import { defineCommand, type Session } from '../command.ts';
import { planLines } from '../output/plan-rows.ts';
import { printResults } from '../output/reports.ts';
import { showList } from '../output/show-list.ts';

type Pm2Record = Readonly<Record<string, unknown>>;

export default defineCommand({
  summary: 'Start the apps that PM2 runs or has saved',
  operands: '[file]',
  operandsHelp:
    'The file is a dump.pm2, or what "pm2 jlist" printed; "-" is stdin. Without one: dump.pm2 of $PM2_HOME or ~/.pm2.\n' +
    'Apps of the list stay as they are. Ports that PM2 still holds are taken: end it first with "pm2 save && pm2 kill".',
  options: [{ flags: '--plan', help: 'Say what would be started or is different, and start nothing.' }],
  example: ['pm import --plan', 'what would be started of the apps that "pm2 save" saved'],
  run: async ({ operands: [file], options }, session) => {
    const { ask, out } = session;
    const path = pathOf(file, session);
    const records = await readRecords(path);
    if (!records.ok) return out.problem(records.problem);
    const { apps, problems } = await appsOfPm2Records(records.value, path);
    const listed = await ask('app.list', { env: true });
    if (!listed.ok) return out.problem(listed.problem);
    if (options.plan) {
      for (const line of planLines(planOf(apps, listed.value))) out.line(line);
      for (const one of problems) out.problem(one);
      return problems.length > 0 ? 1 : 0;
    }
    const there = new Set(listed.value.map(({ spec }) => appKey(spec)));
    for (const { spec } of apps.filter(({ spec }) => there.has(appKey(spec))))
      out.warn(`"${spec.name}" is in the list already and stays as it is`);
    const reply = await ask('app.restore', { apps });
    if (!reply.ok) return out.problem(reply.problem);
    const exitCode = printResults(out, {
      reports: reply.value.reports,
      problems: [...problems, ...reply.value.problems],
    });
    await showList(session);
    return exitCode;
  },
});

/** What would be started, and what is different of apps that are there; whether those run is their own affair. */
function planOf(apps: readonly RestoredApp[], listed: readonly ListedApp[]): AppPlan[] {
  const specs = apps.map(({ spec, workers }) => ({ ...spec, autostart: workers.some(({ shouldRun }) => shouldRun) }));
  const present = listed.map(({ spec, workers }) => ({
    spec: { ...spec, autostart: specs.find((one) => appKey(one) === appKey(spec))?.autostart ?? spec.autostart },
    workers: workers.map(() => ({ status: 'online', finished: false, generation: 0 }) as const),
  }));
  return planApply(present, specs, { from: null, prunes: false });
}

function pathOf(file: string | undefined, { env, cwd }: Session): string {
  if (file === '-') return 'stdin';
  if (file !== undefined) return resolve(cwd, file);
  return join(env.PM2_HOME ?? join(env.HOME ?? '', '.pm2'), 'dump.pm2');
}

/** The records of a dump, or of a list; modules of PM2 are left out. */
async function readRecords(path: string): Promise<Outcome<Pm2Record[]>> {
  let value: unknown;
  try {
    value = JSON.parse(path === 'stdin' ? await text(process.stdin) : await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return fail(problem('config/not-found', { path }));
    return fail(problem('config/malformed', { path, reason: error instanceof Error ? error.message : String(error) }));
  }
  if (!Array.isArray(value) || !value.every(isRecord))
    return fail(problem('config/malformed', { path, reason: 'it is no list of processes of PM2' }));
  const records = value.map(({ pm2_env, ...record }) => (isRecord(pm2_env) ? pm2_env : record));
  const strange = records.findIndex(({ pm_exec_path }) => typeof pm_exec_path !== 'string');
  if (strange >= 0)
    return fail(problem('config/malformed', { path, reason: `its entry ${strange} has no "pm_exec_path"` }));
  return succeed(records.filter(({ pmx_module }) => pmx_module !== true));
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
