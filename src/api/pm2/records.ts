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
  readonly pm2_env: Pm2Environment;
}

/** What is known of a worker, with its variables beside it, as PM2 has them. */
export interface Pm2Environment {
  readonly name: string;
  readonly namespace: string;
  readonly status: 'online' | 'launching' | 'stopping' | 'stopped' | 'errored' | 'waiting restart';
  readonly pm_uptime: number;
  readonly created_at: number;
  readonly restart_time: number;
  readonly unstable_restarts: number;
  readonly exec_mode: 'fork_mode' | 'cluster_mode';
  readonly exec_interpreter: string;
  readonly instances: number;
  readonly pm_exec_path: string;
  readonly pm_cwd: string;
  readonly pm_out_log_path: string;
  readonly pm_err_log_path: string;
  readonly pm_pid_path: string;
  readonly autorestart: boolean;
  readonly watch: boolean;
  readonly version: string;
  readonly node_version?: string;
  readonly exit_code?: number;
  readonly env: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: variables and what apps report, which PM2's own declaration leaves open as well
  readonly [key: string]: any;
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

/** Of all apps and modules, or of what a target names. */
export async function listRecords(connection: Connection, target?: string | number): Promise<Pm2Process[]> {
  const apps = await listApps(connection);
  const matches = target === undefined ? null : matchTarget(apps, String(target));
  const named = matches?.map(({ app, pmIds }) => ({
    ...app,
    workers: app.workers.filter(({ pmId }) => pmIds.includes(pmId)),
  }));
  return pm2Records(named ?? apps) as Pm2Process[]; // as pm2Records makes them
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
