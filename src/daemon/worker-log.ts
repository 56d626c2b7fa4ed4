import type { PoolEvent } from '../protocol/messages.ts';
import type { ExitInfo } from '../shared/worker-view.ts';
import type { DaemonLog } from './daemon-log.ts';

/**
 * Writes into the daemon's log what becomes of workers: that they came up or ended, in the words that PM2 has for it, and why they
 * were replaced of their own accord. Gives what is to be told of every event.
 */
export function workerLog(log: Pick<DaemonLog, 'note'>): (event: PoolEvent) => void {
  const toldAt = new Map<string, number>();
  const daemonSince = Date.now();
  const isNews = (what: string, at: number): boolean => {
    if (at <= (toldAt.get(what) ?? daemonSince)) return false; // what a new daemon is told by masters that it takes over is old
    toldAt.set(what, at);
    return true;
  };
  return (event) => {
    if (event.type === 'worker-exited') {
      log.note(`App [${nameOf(event.app)}:${event.pmId}] ${sayExit(event.exit)}`);
    } else if (event.type === 'worker-changed') {
      const { pmId, restartCause, status, startedAt, pid } = event.worker;
      if (restartCause && isNews(`cause ${pmId}`, restartCause.at))
        log.note(`"${event.app}" (id ${pmId}) is replaced. ${restartCause.says}`);
      if (status === 'online' && isNews(`start ${pmId}`, startedAt))
        log.note(`App [${nameOf(event.app)}:${pmId}] online, pid ${pid}`);
    }
  };
}

function sayExit({ code, signal, spawnError }: ExitInfo): string {
  if (spawnError !== undefined) return `could not be run: ${spawnError}`;
  return signal === null ? `exited with code [${code}]` : `exited via signal [${signal}]`;
}

/** Of `namespace/name`. */
const nameOf = (appKey: string): string => appKey.slice(appKey.indexOf('/') + 1);
