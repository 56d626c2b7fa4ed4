import { shellPart } from '../../config/environment.ts';
import { appsOfPm2Records } from '../../config/pm2-dump.ts';
import type { AppReport, ReloadReceipt } from '../../protocol/messages.ts';
import { type AppSpec, appKey } from '../../shared/app-spec.ts';
import { type AppDefinition, readDefinitions } from '../app-definition.ts';
import { assertDone } from '../changed-app.ts';
import type { Connection } from '../connection.ts';
import { assertNone, PmError } from '../pm-error.ts';
import { changedSpecs } from './changed-specs.ts';
import { idsIn, listApps, listRecords, type Pm2Process, type Pm2Result, resultsOf } from './records.ts';

/** An app; that it has a script is checked when it is read. */
type Definition = Partial<AppDefinition>;

/** What PM2's `start` and `restart` take for apps. */
export type Pm2Target = string | number | Definition | readonly Definition[] | { readonly apps: readonly Definition[] };

/** PM2's `updateEnv`, and keys of the app. */
export type Pm2Options = Readonly<Record<string, unknown>> & { readonly updateEnv?: boolean };

/** Starts a script, a file or definitions: new apps come as their processes, others as results. */
export async function start(
  connection: Connection,
  what: Pm2Target,
  { force, updateEnv, env, ...keys }: Pm2Options,
  cwd: string | undefined,
): Promise<(Pm2Process | Pm2Result)[]> {
  const isScript = typeof what === 'string' && !isDefinition(what);
  if (isScript || typeof what === 'number') {
    const known = (await listRecords(connection, what)).length > 0;
    if (known && !/[/.]/.test(String(what))) return restart(connection, what, {});
  }
  const specs = await readDefinitions(typeof what === 'number' ? String(what) : what, {
    keys: typeof env === 'object' ? { ...keys, env } : keys,
    ...(typeof env === 'string' ? { env } : {}),
    ...(cwd === undefined ? {} : { cwd }),
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

export const restart = (connection: Connection, what: Pm2Target, options: Pm2Options): Promise<Pm2Result[]> =>
  renew(connection, what, options, 'restart');

export const reload = (connection: Connection, what: Pm2Target, options: Pm2Options): Promise<Pm2Result[]> =>
  renew(connection, what, options, 'reload');

/** By name: with the environment and the keys that are given, or as it was declared. */
async function renew(
  connection: Connection,
  what: Pm2Target,
  { updateEnv = false, env: given, ...keys }: Pm2Options,
  how: 'restart' | 'reload',
): Promise<Pm2Result[]> {
  if (isDefinition(what)) return redefine(connection, what, how);
  const env = { ...(updateEnv ? shellPart(textsOf(process.env), []) : {}), ...textsOf(given) };
  if (Object.keys(keys).length > 0) {
    const specs = await changedSpecs(connection, String(what), { keys, env });
    if (specs.length > 0) return declare(connection, specs, how);
  }
  const params = { targets: [String(what)], ...(Object.keys(env).length > 0 ? { env } : {}) };
  if (how === 'reload') {
    const { receipts, problems } = await connection.call('app.reload', params);
    assertNone(problems);
    return resultsOf(await listRecords(connection), idsIn(receipts));
  }
  const { reports, problems } = await connection.call('app.restart', params);
  assertDone(reports, problems);
  return resultsOf(await listRecords(connection), idsIn(reports));
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
  what: Exclude<Pm2Target, number>,
  existing: 'restart' | 'reload',
): Promise<Pm2Result[]> {
  const specs = await readDefinitions(what, {});
  if (!specs.ok) throw new PmError(specs.problem);
  return declare(connection, specs.value, existing);
}

async function declare(
  connection: Connection,
  specs: readonly AppSpec[],
  existing: 'restart' | 'reload',
): Promise<Pm2Result[]> {
  const { reports, problems } = await connection.call('app.start', { specs, existing });
  assertDone(reports, problems);
  return resultsOf(await listRecords(connection), idsIn(reports));
}

const isDefinition = (what: Pm2Target): what is Exclude<Pm2Target, number> =>
  typeof what === 'object' || /\.(json5?|ya?ml|config\.[cm]?[jt]s)$/.test(String(what));

function textsOf(variables: unknown): Record<string, string> {
  const given = typeof variables === 'object' && variables !== null ? Object.entries(variables) : [];
  return Object.fromEntries(
    given.filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]),
  );
}
