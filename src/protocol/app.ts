import type { AppSpec } from '../shared/app-spec.ts';
import { NO_REPORT, type WorkerReport } from '../shared/worker-report.ts';
import type { Usage, WorkerView } from '../shared/worker-view.ts';
import type { ListedApp } from './messages.ts';

/** An app of the list with its workers. Without its environment, where secrets are. */
export interface App extends Omit<AppSpec, 'env' | 'envBlocks'> {
  readonly workers: readonly Worker[];
}

/** One worker: its state, what it uses, and what it reports about itself. */
export interface Worker extends WorkerView, Usage, WorkerReport {}

/** An app as programs get it: from the Node API, and from the command line with `--json`. */
export function appOf({ spec, workers }: ListedApp): App {
  const { env, envBlocks, ...shown } = spec;
  return {
    ...shown,
    workers: workers.map(({ usage, report = NO_REPORT, ...view }) => ({ ...view, ...usage, ...report })),
  };
}
