import { finite, flag, listOf, object, optional, someText, wholeNumber } from '../protocol/shape.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import type { WorkerView } from '../shared/worker-view.ts';
import type { AppEntry, WorkerEntry } from './app-list.ts';
import { specShape } from './spec-shape.ts';

/** An app with its workers, as it is kept in state.json and dumps. */
export interface SavedApp {
  readonly spec: AppSpec;
  readonly masterId: string;
  readonly workers: readonly SavedWorker[];
}

/** What of a worker outlives its master. */
export interface SavedWorker {
  readonly slot: number;
  readonly pmId: number;
  readonly restarts: number;
  readonly createdAt: number;
  readonly shouldRun: boolean;
  readonly finished?: boolean;
  /** The process that ran when this was written, so that one left behind can be ended; 0: none. */
  readonly pid: number;
  readonly startTicks: number;
}

export const savedAppsShape = listOf(
  object<SavedApp>({
    spec: specShape,
    masterId: someText,
    workers: listOf(
      object<SavedWorker>({
        slot: wholeNumber(0),
        pmId: wholeNumber(0),
        restarts: wholeNumber(0),
        createdAt: finite,
        shouldRun: flag,
        finished: optional(flag),
        pid: wholeNumber(0),
        startTicks: wholeNumber(0),
      }),
    ),
  }),
);

export const saveApp = ({ spec, masterId, workers }: AppEntry): SavedApp => ({
  spec,
  masterId,
  workers: workers.map(saveWorker),
});

const saveWorker = ({ view, shouldRun }: WorkerEntry): SavedWorker => ({
  slot: view.slot,
  pmId: view.pmId,
  restarts: view.restarts,
  createdAt: view.createdAt,
  shouldRun,
  ...(view.finished ? { finished: true } : {}),
  pid: view.pid,
  startTicks: view.startTicks,
});

/** A worker of which only what was saved is known, as it is shown until a master has it again. */
export const viewOfSaved = (saved: SavedWorker): WorkerView => ({
  pmId: saved.pmId,
  slot: saved.slot,
  generation: 0,
  status: saved.shouldRun ? 'waiting restart' : 'stopped',
  pid: saved.pid,
  startedAt: 0,
  startTicks: saved.startTicks,
  createdAt: saved.createdAt,
  restarts: saved.restarts,
  unstableRestarts: 0,
  lastExit: null,
  restartDueAt: null,
  restartCause: null,
  finished: saved.finished ?? false,
  outFile: null,
  errorFile: null,
  logFile: null,
  pidFile: '',
  nodeVersion: null,
  lostLogBytes: 0,
});
