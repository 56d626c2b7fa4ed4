import type { ListedApp, WorkerMessage } from '../../protocol/messages.ts';
import { pm2Records } from '../../protocol/pm2-record.ts';
import type { AppSpec } from '../../shared/app-spec.ts';
import type { ExitInfo, WorkerView } from '../../shared/worker-view.ts';

/** An event as PM2's bus tells it. */
export interface BusEvent {
  readonly name: string;
  readonly packet: unknown;
}

/** Everything was ended by hand. */
export const KILLED: BusEvent = { name: 'pm2:kill', packet: { status: 'killed', msg: 'pm2 has been killed via CLI' } };

const NO_USAGE = { cpuPercent: 0, memoryBytes: 0 };

/** Who it is about. */
export const processOf = ({ name, namespace }: AppSpec, pmId: number) => ({ pm_id: pmId, name, namespace, rev: null });

export const logEvent = (stream: 'out' | 'err', spec: AppSpec, pmId: number, line: string, at: number): BusEvent => ({
  name: `log:${stream}`,
  packet: { process: processOf(spec, pmId), at, data: `${line}\n` },
});

/** A line of the daemon's own log, without the time that it begins with: as ours do, or as those of PM2. */
export const daemonLogEvent = (line: string, at: number): BusEvent => ({
  name: 'log:PM2',
  packet: {
    process: { pm_id: 'PM2', name: 'PM2', rev: null },
    at,
    data: `${line.replace(/^\S+Z |^.*?(?=PM2 log: )/, '')}\n`,
  },
});

/** A message of an app: one with a type under that type, any other as `process:msg`. */
export function messageEvent(spec: AppSpec, { pmId, at, message }: WorkerMessage): BusEvent {
  const process = processOf(spec, pmId);
  const { type, data }: { type?: unknown; data?: unknown } =
    typeof message === 'object' && message !== null ? message : {};
  if (typeof type === 'string' && data) return { name: type, packet: { at, data, process } };
  return { name: 'process:msg', packet: { at, raw: message, process } };
}

export function processEvent(
  spec: AppSpec,
  worker: WorkerView,
  { event, manually, at }: { event: string; manually: boolean; at: number },
): BusEvent {
  const listed: ListedApp = { spec, masterId: '', workers: [{ ...worker, usage: NO_USAGE }] };
  const [record] = pm2Records([listed]) as readonly { pm2_env: Record<string, unknown> }[]; // as pm2Records makes them
  const { env, ...flat } = record?.pm2_env ?? {};
  const process = { ...flat, pm_id: worker.pmId };
  return { name: 'process:event', packet: { event, manually, process, at } };
}

/**
 * What PM2 calls the step from one state of a worker to the next; nothing for those it does not tell. `asked`: it was stopped, or
 * had been given up, since it was last online.
 */
export function stepsBetween(
  before: WorkerView | undefined,
  now: WorkerView,
  asked: boolean,
): readonly { event: string; manually: boolean }[] {
  if (before === undefined || (before.status === now.status && before.generation === now.generation)) return [];
  const online = { event: 'online', manually: false };
  if (now.generation > before.generation) return [online, { event: 'reload', manually: true }];
  if (now.status === 'errored') return [{ event: 'restart overlimit', manually: false }];
  if (now.status === 'stopped') return before.status === 'stopping' ? [{ event: 'stop', manually: true }] : [];
  if (now.status !== 'online') return [];
  if (now.lastExit === null) return [online, { event: 'start', manually: true }];
  return asked ? [online, { event: 'restart', manually: true }] : [online];
}

export const EXCEPTION = 'process:exception';

/** An uncaught error, as Node prints it last; null: it ended for another reason. */
export function exceptionEvent(spec: AppSpec, pmId: number, { code, stderr, at }: ExitInfo): BusEvent | null {
  const start = stderr.findIndex((line) => /^\w*Error\b.*: /.test(line));
  const [, name = 'Error', message = ''] = /^(\w+)[^:]*: (.*)$/.exec(stderr[start] ?? '') ?? [];
  if (code === 0 || code === null || start === -1) return null;
  const stack = stderr.slice(start).filter((line, index) => index === 0 || /^\s+at /.test(line));
  return {
    name: EXCEPTION,
    packet: { at, data: { name, message, stack: stack.join('\n') }, process: processOf(spec, pmId) },
  };
}
