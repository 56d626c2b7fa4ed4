import { appsOfPm2Records } from '../../config/pm2-dump.ts';
import type { AppReport, ReloadReceipt } from '../../protocol/messages.ts';
import { appKey } from '../../shared/app-spec.ts';
import type { Problem } from '../../shared/problems.ts';
import { changedIn } from '../app.ts';
import { type AppDefinition, readDefinitions } from '../app-definition.ts';
import type { Connection } from '../connection.ts';
import { assertNone, PmError } from '../pm-error.ts';
import { idsIn, listApps, listRecords, type Pm2Process, type Pm2Result, resultsOf } from './records.ts';

/** What PM2's `start` and `restart` take for apps. */
export type Pm2Target = string | number | AppDefinition | readonly AppDefinition[];

/** PM2's `updateEnv`, and keys of the app. */
export type Pm2Options = Readonly<Record<string, unknown>> & { readonly updateEnv?: boolean };

/** Starts a script, a file or definitions: new apps come as their processes, others as results. */
export async function start(
  connection: Connection,
  what: Pm2Target,
  { force, updateEnv, env, ...keys }: Pm2Options = {},
): Promise<(Pm2Process | Pm2Result)[]> {
  const isScript = typeof what === 'string' && !/\.(json5?|ya?ml|config\.[cm]?[jt]s)$/.test(what);
  if (isScript || typeof what === 'number') {
    const known = (await listRecords(connection, what)).length > 0;
    if (known && !/[/.]/.test(String(what))) return restart(connection, what, {});
  }
  const specs = await readDefinitions(typeof what === 'number' ? String(what) : what, {
    keys: typeof env === 'object' ? { ...keys, env } : keys,
    ...(typeof env === 'string' ? { env } : {}),
  });
  if (!specs.ok) throw new PmError(specs.problem);
  const before = new Set((await listApps(connection)).map(({ spec }) => appKey(spec)));
  const existing = isScript && !force ? 'refuse' : 'restart';
  const { reports, problems } = await connection.call('app.start', { specs: specs.value, existing });
  assertDone(reports, problems);
  const records = await listRecords(connection);
  const isNew = (report: AppReport | ReloadReceipt) => !before.has(appKey(report));
  const fresh = idsIn(reports.filter(isNew));
  return [
    ...records
      .filter(({ pm_id }) => fresh.includes(pm_id))
      .map((record) => ({ ...record, process: { pid: record.pid } })),
    ...resultsOf(records, idsIn(reports.filter((report) => !isNew(report)))),
  ];
}

export async function restart(connection: Connection, what: Pm2Target, options: Pm2Options): Promise<Pm2Result[]> {
  if (isDefinition(what)) return redefine(connection, what, 'restart');
  const { reports, problems } = await connection.call('app.restart', {
    targets: [String(what)],
    ...environment(options),
  });
  assertDone(reports, problems);
  return resultsOf(await listRecords(connection), idsIn(reports));
}

export async function reload(connection: Connection, what: Pm2Target, options: Pm2Options): Promise<Pm2Result[]> {
  if (isDefinition(what)) return redefine(connection, what, 'reload');
  const { receipts, problems } = await connection.call('app.reload', {
    targets: [String(what)],
    ...environment(options),
  });
  assertNone(problems);
  return resultsOf(await listRecords(connection), idsIn(receipts));
}

/** Stop and delete: the results tell of workers that may be gone. */
export async function end(
  connection: Connection,
  method: 'app.stop' | 'app.delete',
  target: string | number,
): Promise<Pm2Result[]> {
  const records = await listRecords(connection);
  const { reports, problems } = await connection.call(method, { targets: [String(target)] });
  assertDone(reports, problems);
  return resultsOf(records, idsIn(reports), 'stopped');
}

/** Starts what the dump has, also one that PM2 wrote. */
export async function resurrect(connection: Connection): Promise<void> {
  const { reports, problems, foreign } = await connection.call('dump.resurrect', {});
  assertDone(reports, problems);
  if (foreign.length === 0) return;
  const found = await appsOfPm2Records(foreign, connection.paths.dump);
  const restored = await connection.call('app.restore', { apps: found.apps });
  assertDone(restored.reports, [...found.problems, ...restored.problems]);
}

async function redefine(
  connection: Connection,
  what: string | AppDefinition | readonly AppDefinition[],
  existing: 'restart' | 'reload',
): Promise<Pm2Result[]> {
  const specs = await readDefinitions(what, {});
  if (!specs.ok) throw new PmError(specs.problem);
  const { reports, problems } = await connection.call('app.start', { specs: specs.value, existing });
  assertDone(reports, problems);
  return resultsOf(await listRecords(connection), idsIn(reports));
}

const isDefinition = (what: Pm2Target): what is string | AppDefinition | readonly AppDefinition[] =>
  typeof what === 'object' || /\.(json5?|ya?ml|config\.[cm]?[jt]s)$/.test(String(what));

function environment({ updateEnv }: Pm2Options): { env?: Record<string, string> } {
  const set = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return updateEnv ? { env: Object.fromEntries(set) } : {};
}

function assertDone(reports: readonly (AppReport | ReloadReceipt)[], problems: readonly Problem[]): void {
  const ofWorkers = changedIn(reports.flatMap((report) => ('kind' in report ? [] : [report])));
  assertNone([...problems, ...ofWorkers.problems]);
}
