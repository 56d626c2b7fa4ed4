import type { AppSpec } from '../shared/app-spec.ts';
import { unreachable } from '../shared/unreachable.ts';
import type { ExitInfo, RestartCause, Status, WorkerView } from '../shared/worker-view.ts';
import type { WorkerRecord, WorkerState } from './worker-machine.ts';
import type { WorkerProcess, WorkerSite } from './worker-process.ts';

/** What a view of a worker is made from. */
export interface Subject {
  readonly site: WorkerSite;
  readonly spec: AppSpec;
  readonly record: WorkerRecord;
  readonly generation: number;
  readonly process: WorkerProcess | null;
  readonly lastExit: ExitInfo | null;
  readonly restartCause: RestartCause | null;
}

/** The JSON snapshot of a worker. */
export function viewOf(subject: Subject): WorkerView {
  const { site, spec, record, generation, process: running, lastExit, restartCause } = subject;
  const { outFile, errorFile, logFile, pidFile } = running?.paths ?? site.pathsOf(spec);
  return {
    pmId: site.pmId,
    slot: site.slot,
    generation,
    status: statusOf(record.state),
    pid: running?.pid ?? 0,
    startedAt: running?.startedAt ?? 0,
    startTicks: running?.startTicks ?? 0,
    createdAt: record.createdAt,
    restarts: record.restarts,
    unstableRestarts: record.history.unstable,
    lastExit,
    restartDueAt: record.state.status === 'waiting-restart' ? record.state.dueAt : null,
    restartCause,
    finished: record.state.status === 'stopped' && record.state.finished === true,
    outFile,
    errorFile,
    logFile,
    pidFile,
    nodeVersion: spec.interpreter === 'node' ? process.versions.node : null,
    lostLogBytes: site.logs.lostBytes(site.pmId),
  };
}

function statusOf(state: WorkerState): Status {
  switch (state.status) {
    case 'waiting-restart':
      return 'waiting restart';
    case 'stopped':
    case 'launching':
    case 'online':
    case 'stopping':
    case 'errored':
      return state.status;
    default:
      return unreachable(state);
  }
}
