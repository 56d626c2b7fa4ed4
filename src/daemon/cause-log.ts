import type { PoolEvent } from '../protocol/messages.ts';
import type { DaemonLog } from './daemon-log.ts';

/** Writes into the daemon's log why workers were replaced of their own accord. Gives what is to be told of every event. */
export function causeLog(log: DaemonLog): (event: PoolEvent) => void {
  const seenAt = new Map<string, number>();
  const daemonSince = Date.now();
  return (event) => {
    if (event.type !== 'worker-changed' || event.worker.restartCause === null) return;
    const { pmId, restartCause } = event.worker;
    const worker = `${event.app} ${pmId}`;
    if (restartCause.at <= (seenAt.get(worker) ?? daemonSince)) return;
    seenAt.set(worker, restartCause.at);
    log.note(`"${event.app}" (id ${pmId}) is replaced. ${restartCause.says}`);
  };
}
