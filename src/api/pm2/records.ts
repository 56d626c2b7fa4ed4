import type { AppReport, ListedApp, ReloadReceipt } from '../../protocol/messages.ts';
import { pm2Records } from '../../protocol/pm2-record.ts';
import { matchTarget } from '../../shared/target.ts';
import type { Connection } from '../connection.ts';

/** One element of `pm2.list()`: what `pm jlist` prints. */
export interface Pm2Process {
  readonly pid: number;
  readonly name: string;
  readonly pm_id: number;
  readonly monit: { readonly memory: number; readonly cpu: number };
  readonly pm2_env: Readonly<Record<string, unknown>>;
}

/** What an action came to for one worker. */
export interface Pm2Result {
  readonly name: string;
  readonly namespace: string;
  readonly pm_id: number;
  readonly status: string;
  readonly restart_time: number;
  readonly pm2_env: Readonly<Record<string, unknown>>;
}

export const listApps = (connection: Connection): Promise<ListedApp[]> =>
  connection.call('app.list', { env: true, reports: true });

/** Of all apps, or of what a target names. */
export async function listRecords(connection: Connection, target: string | number = 'all'): Promise<Pm2Process[]> {
  const apps = await listApps(connection);
  const matches = matchTarget(apps, String(target));
  const named = matches.map(({ app, pmIds }) => ({
    ...app,
    workers: app.workers.filter(({ pmId }) => pmIds.includes(pmId)),
  }));
  return pm2Records(named) as Pm2Process[]; // as pm2Records makes them
}

/** The ids that reports are about. */
export const idsIn = (reports: readonly (AppReport | ReloadReceipt)[]): number[] =>
  reports.flatMap((report) => ('kind' in report ? report.pmIds : report.workers.map(({ pmId }) => pmId)));

/** Results for workers as they are now, or as they were before they were deleted. */
export function resultsOf(records: readonly Pm2Process[], pmIds: readonly number[], status?: string): Pm2Result[] {
  return records
    .filter(({ pm_id }) => pmIds.includes(pm_id))
    .map(({ name, pm_id, pm2_env }) => {
      const shown = {
        name,
        namespace: String(pm2_env.namespace),
        pm_id,
        status: status ?? String(pm2_env.status),
        restart_time: Number(pm2_env.restart_time),
      };
      return { ...shown, pm2_env: { ...shown, env: pm2_env.env } };
    });
}
