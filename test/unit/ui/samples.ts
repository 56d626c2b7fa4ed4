import type { ListedApp } from '../../../src/protocol/messages.ts';
import type { AppSpec } from '../../../src/shared/app-spec.ts';
import type { WorkerView } from '../../../src/shared/worker-view.ts';
import { applyEvent } from '../../../src/ui/apply-event.ts';
import { EMPTY_MODEL, type Model } from '../../../src/ui/model.ts';
import type { SourceEvent } from '../../../src/ui/source.ts';
import { appSpec } from '../../helpers/listed-app.ts';

/** The time in these tests. */
export const NOW = 1_790_000_000_000;

export const spec = (change: Partial<AppSpec> = {}): AppSpec =>
  appSpec({ script: '/srv/api/server.js', username: 'app', ...change });

export function worker(pmId: number, change: Partial<WorkerView> = {}): WorkerView {
  return {
    pmId,
    slot: pmId,
    generation: 1,
    status: 'online',
    pid: 4_000 + pmId,
    startedAt: NOW - 3_600_000,
    startTicks: 0,
    createdAt: NOW - 7_200_000,
    restarts: 0,
    unstableRestarts: 0,
    lastExit: null,
    restartDueAt: null,
    restartCause: null,
    finished: false,
    outFile: `/logs/api-out-${pmId}.log`,
    errorFile: `/logs/api-error-${pmId}.log`,
    logFile: null,
    pidFile: `/pids/api-${pmId}.pid`,
    nodeVersion: '20.20.2',
    lostLogBytes: 0,
    ...change,
  };
}

export const listed = (app: AppSpec, workers: readonly WorkerView[]): ListedApp => ({
  spec: app,
  masterId: '1',
  workers: workers.map((view) => ({ ...view, usage: { cpuPercent: 12.5, memoryBytes: 64 * 1024 * 1024 } })),
});

/** The model after something happened. */
export const changed = (model: Model, event: SourceEvent): Model => applyEvent(model, event, NOW);

export const modelOf = (...apps: readonly ListedApp[]): Model => changed(EMPTY_MODEL, { type: 'snapshot', apps });

/** Two workers of "api", one of "billing", which gave up. */
export const CRASHED = {
  code: 1,
  signal: null,
  at: NOW - 180_000,
  uptimeMs: 312,
  stderr: ['Error: connect ECONNREFUSED 127.0.0.1:5432', '    at listen (/srv/api/db.js:4:9)', '', 'Node.js v20.20.2'],
};

export const usual = (): Model =>
  modelOf(
    listed(spec(), [worker(0), worker(1)]),
    listed(spec({ name: 'billing', execMode: 'fork', instances: 1 }), [
      worker(2, { slot: 0, status: 'errored', pid: 0, startedAt: 0, restarts: 16, lastExit: CRASHED }),
    ]),
  );
