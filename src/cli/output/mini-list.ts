import { formatMemory } from '../../shared/format.ts';
import { type ListedWorker, uptimeOf } from './list-rows.ts';

/** The list as text, one paragraph per worker: for screens and logs where a table does not fit. */
export function miniList(workers: readonly ListedWorker[], now: number): string {
  return workers.map((row) => paragraph(row, now)).join('\n');
}

function paragraph({ app: { spec }, worker }: ListedWorker, now: number): string {
  const fields = [
    ['namespace', spec.namespace],
    ['version', spec.version],
    ['pid', worker.pid === 0 ? 'N/A' : worker.pid],
    ['pm2 id', worker.pmId],
    ['status', worker.status],
    ['mode', spec.execMode],
    ['restarted', worker.restarts],
    ['uptime', uptimeOf(worker, now)],
    ['memory usage', formatMemory(worker.usage.memoryBytes)],
    ['error log', worker.errorFile ?? 'none'],
    ['watching', spec.watch.on ? 'yes' : 'no'],
    ['PID file', worker.pidFile],
  ] as const;
  return [`+--- ${spec.name}`, ...fields.map(([title, value]) => `${title} : ${value}`)].join('\n');
}
