import { sayDuration } from '../../shared/duration.ts';
import { formatMemory } from '../../shared/format.ts';
import { NO_REPORT } from '../../shared/worker-report.ts';
import type { ExitInfo } from '../../shared/worker-view.ts';
import { type ListedWorker, uptimeOf } from './list-rows.ts';

/** One line of `pm describe`: a title and its value. */
export type Fact = readonly [title: string, value: string];

const YES = '✔';
const NO = '✘';

/** All that is known of one worker, without the environment: it may hold secrets. */
export function describeWorker(row: ListedWorker, now: number): Fact[] {
  const { spec } = row.app;
  return [
    ...state(row, now),
    ['script path', spec.script],
    ['script args', spec.args.join(' ') || 'N/A'],
    ...files(row),
    ['interpreter', spec.interpreter],
    ['interpreter args', spec.interpreterArgs.join(' ') || 'N/A'],
    ['script id', String(row.worker.pmId)],
    ['exec cwd', spec.cwd],
    ...(spec.runAs === null ? [] : ([['runs as', `uid ${spec.runAs.uid}, gid ${spec.runAs.gid}`]] as const)),
    ['exec mode', `${spec.execMode}_mode`],
    ['node.js version', row.worker.nodeVersion ?? 'N/A'],
    ['node env', spec.env.NODE_ENV ?? 'N/A'],
    ['watch & reload', spec.watch.on ? `${YES} ${spec.watch.paths.join(' ')}` : NO],
    ...policy(row),
    ...reported(row),
  ];
}

function state({ app, worker }: ListedWorker, now: number): Fact[] {
  const facts: Fact[] = [
    ['status', worker.status],
    ['name', app.spec.name],
    ['namespace', app.spec.namespace],
    ['version', app.spec.version],
    ['pid', worker.pid === 0 ? 'N/A' : String(worker.pid)],
    ['instance', String(worker.slot)],
    ['generation', String(worker.generation)],
    ['restarts', String(worker.restarts)],
    ['uptime', uptimeOf(worker, now)],
    ['cpu', `${Number(worker.usage.cpuPercent.toFixed(1))}%`],
    ['memory', formatMemory(worker.usage.memoryBytes)],
  ];
  if (worker.restartDueAt !== null) facts.push(['next restart at', isoTime(worker.restartDueAt)]);
  const { restartCause } = worker;
  if (restartCause) facts.push(['restarted because', `${restartCause.says} (${isoTime(restartCause.at)})`]);
  if (worker.lastExit) facts.push(['last exit', exitText(worker.lastExit)]);
  return facts;
}

function files({ worker }: ListedWorker): Fact[] {
  return [
    ...(worker.logFile === null ? [] : ([['entire log path', worker.logFile]] as const)),
    ['error log path', worker.errorFile ?? 'N/A'],
    ['out log path', worker.outFile ?? 'N/A'],
    ['pid path', worker.pidFile],
    ...(worker.lostLogBytes > 0 ? ([['lost log output', formatMemory(worker.lostLogBytes)]] as const) : []),
  ];
}

function policy({ app: { spec, masterId }, worker }: ListedWorker): Fact[] {
  return [
    ['autorestart', spec.autorestart ? YES : NO],
    ['kill timeout', `${spec.killTimeoutMs} ms`],
    ['listen timeout', `${spec.listenTimeoutMs} ms`],
    ['cron restart', spec.cronRestart ?? 'none'],
    ['max memory restart', spec.maxMemoryBytes === null ? 'none' : formatMemory(spec.maxMemoryBytes)],
    ['unstable restarts', String(worker.unstableRestarts)],
    ['created at', isoTime(worker.createdAt)],
    ['master', masterId],
    ...(spec.configFile === null ? [] : ([['declared in', spec.configFile]] as const)),
  ];
}

/** What the app says about itself; its texts are shown as far as a line takes them. */
function reported({ worker: { report = NO_REPORT } }: ListedWorker): Fact[] {
  const actions = report.actions.map(({ action_name }) => plainLine(action_name)).join(', ');
  return [
    ...(actions === '' ? [] : ([['actions', actions]] as const)),
    ...Object.entries(report.metrics).map(([name, metric]): Fact => [plainLine(name), metricText(metric)]),
  ];
}

/** `12.5 ms`. */
function metricText(metric: unknown): string {
  if (typeof metric !== 'object' || metric === null || !('value' in metric)) return plainLine(metric);
  const unit = 'unit' in metric && typeof metric.unit === 'string' ? ` ${metric.unit}` : '';
  return plainLine(`${metric.value}${unit}`);
}

/** An app can report anything: no control characters reach the terminal. */
const plainLine = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(/\p{Cc}/gu, ' ').slice(0, 200);

/** `code 1 at 2026-01-02T03:04:05.006Z, after 240 ms`. */
function exitText({ code, signal, at, uptimeMs, spawnError }: ExitInfo): string {
  if (spawnError !== undefined) return `could not be started at ${isoTime(at)}: ${spawnError}`;
  return `${signal === null ? `code ${code}` : signal} at ${isoTime(at)}, after ${sayDuration(uptimeMs)}`;
}

const isoTime = (at: number): string => new Date(at).toISOString();
