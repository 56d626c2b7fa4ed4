import { createHash } from 'node:crypto';
import { constants, hostname } from 'node:os';
import { type AppSpec, appKey } from '../shared/app-spec.ts';
import { VERSION } from '../shared/version.ts';
import { NO_REPORT } from '../shared/worker-report.ts';
import type { ExitInfo } from '../shared/worker-view.ts';
import type { ListedApp } from './messages.ts';

type ListedWorker = ListedApp['workers'][number];
type ReportingWorker = Omit<ListedWorker, 'usage'>;

/** The records of `jlist`, in the order of ids: PM2's schema, which monitoring tools read. */
export function pm2Records(apps: readonly ListedApp[]): object[] {
  return apps
    .flatMap(({ spec, workers }) => workers.map((worker) => ({ spec, worker })))
    .sort((a, b) => a.worker.pmId - b.worker.pmId)
    .map(({ spec, worker }) => recordOf(spec, worker));
}

function recordOf(spec: AppSpec, worker: ListedWorker): object {
  const { usage } = worker;
  return {
    pid: worker.pid,
    name: spec.name,
    pm2_env: { ...pm2Environment(spec, worker), unique_id: uniqueId(spec, worker.pmId) },
    pm_id: worker.pmId,
    monit:
      worker.status === 'online'
        ? { memory: usage.memoryBytes, cpu: Number(usage.cpuPercent.toFixed(1)) }
        : { memory: 0, cpu: 0 },
  };
}

/**
 * The `pm2_env` of a record, and all of one in a dump. Variables come first, flat as PM2 has them, so that one called `status` never
 * hides the status.
 */
export function pm2Environment(spec: AppSpec, worker: ReportingWorker): { readonly [key: string]: unknown } {
  return { ...spec.env, ...configuration(spec), ...paths(spec, worker), ...runtime(spec, worker), env: spec.env };
}

function configuration(spec: AppSpec): object {
  return {
    name: spec.name,
    namespace: spec.namespace,
    ...(spec.args.length > 0 ? { args: spec.args } : {}),
    node_args: spec.interpreterArgs,
    filter_env: [],
    ...Object.fromEntries(Object.entries(spec.envBlocks).map(([name, block]) => [`env_${name}`, block])),
    exec_mode: `${spec.execMode}_mode`,
    exec_interpreter: spec.interpreter,
    instances: spec.instances,
    instance_var: spec.instanceVar,
    merge_logs: spec.mergeLogs || isAlone(spec),
    ...(spec.logDateFormat === null ? {} : { log_date_format: spec.logDateFormat }),
    ...(spec.logType === 'raw' ? {} : { log_type: spec.logType }),
    autostart: spec.autostart,
    autorestart: spec.autorestart,
    ...(spec.stopExitCodes.length > 0 ? { stop_exit_codes: spec.stopExitCodes } : {}),
    max_restarts: spec.maxRestarts,
    min_uptime: spec.minUptimeMs,
    restart_delay: spec.restartDelayMs,
    ...(spec.expBackoffRestartDelayMs > 0 ? { exp_backoff_restart_delay: spec.expBackoffRestartDelayMs } : {}),
    ...(spec.maxMemoryBytes === null ? {} : { max_memory_restart: spec.maxMemoryBytes }),
    ...(spec.cronRestart === null ? {} : { cron_restart: spec.cronRestart }),
    kill_timeout: spec.killTimeoutMs,
    kill_retry_time: 100,
    listen_timeout: spec.listenTimeoutMs,
    wait_ready: spec.waitReady,
    shutdown_with_message: spec.shutdownWithMessage,
    treekill: spec.treekill,
    watch: spec.watch.on,
    ...(spec.watch.on && spec.watch.ignore.length > 0 ? { ignore_watch: spec.watch.ignore } : {}),
    // What PM2 has and this program has not: version control metadata, its agent, Windows.
    vizion: false,
    pmx: false,
    automation: false,
    windowsHide: true,
    km_link: false,
    username: spec.username,
  };
}

/** Its log files carry no id then. */
const isAlone = ({ execMode, instancesGiven }: AppSpec): boolean => execMode === 'fork' && !instancesGiven;

function paths(spec: AppSpec, worker: ReportingWorker): object {
  return {
    pm_exec_path: spec.script,
    pm_cwd: spec.cwd,
    pm_out_log_path: worker.outFile ?? '/dev/null',
    pm_err_log_path: worker.errorFile ?? '/dev/null',
    ...(worker.logFile === null ? {} : { pm_log_path: worker.logFile }),
    pm_pid_path: worker.pidFile,
  };
}

function runtime(spec: AppSpec, worker: ReportingWorker): object {
  const { lastExit, report = NO_REPORT } = worker;
  return {
    pm_id: worker.pmId,
    [spec.instanceVar]: worker.slot,
    status: worker.status,
    pm_uptime: spawnedAt(worker),
    created_at: worker.createdAt,
    restart_time: worker.restarts,
    unstable_restarts: worker.unstableRestarts,
    ...(lastExit ? { exit_code: exitCodeOf(lastExit) } : {}),
    version: spec.version,
    ...(worker.nodeVersion === null ? {} : { node_version: worker.nodeVersion }),
    ...(spec.execMode === 'cluster' ? { _pm2_version: VERSION } : {}),
    vizion_running: false,
    axm_actions: report.actions,
    axm_monitor: report.metrics,
    axm_options: report.options,
    axm_dynamic: {},
    pmx_module: spec.module === true,
  };
}

/** The same for as long as the worker has its id (RFC 9562, version 8). Not part of a dump: the daemon would load a hash for it. */
function uniqueId(spec: AppSpec, pmId: number): string {
  const hex = createHash('sha1')
    .update(`${hostname()} ${appKey(spec)} ${pmId}`)
    .digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(12, 15)}`, `8${hex.slice(15, 18)}`, hex.slice(18, 30)].join(
    '-',
  );
}

/** When the running process was spawned, or else the last one. */
function spawnedAt({ startedAt, lastExit, createdAt }: ReportingWorker): number {
  if (startedAt > 0) return startedAt;
  return lastExit ? lastExit.at - lastExit.uptimeMs : createdAt;
}

/** Death by a signal counts as 128 and its number, as a shell shows it; a program that could not be spawned as 127. */
function exitCodeOf({ code, signal }: ExitInfo): number {
  if (code !== null) return code;
  return signal === null ? 127 : 128 + constants.signals[signal];
}
