import type { AppReport, ListedApp } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import type { Problem } from '../shared/problems.ts';
import { NO_REPORT, type WorkerReport } from '../shared/worker-report.ts';
import type { Usage, WorkerView } from '../shared/worker-view.ts';

/** An app of the list with its workers. Without its environment, where secrets are. */
export interface App extends Omit<AppSpec, 'env' | 'envBlocks'> {
  readonly workers: readonly Worker[];
}

/** One worker: its state, what it uses, and what it reports about itself. */
export interface Worker extends WorkerView, Usage, WorkerReport {}

/** An app that something was done to, with the workers it was done to as they were after it. */
export interface ChangedApp {
  readonly name: string;
  readonly namespace: string;
  readonly workers: readonly WorkerView[];
}

/** An app as the API shows it. */
export function appOf({ spec, workers }: ListedApp): App {
  const { env, envBlocks, ...shown } = spec;
  return {
    ...shown,
    workers: workers.map(({ usage, report = NO_REPORT, ...view }) => ({ ...view, ...usage, ...report })),
  };
}

/** What was done, with everything that failed. */
export function changedIn(reports: readonly AppReport[]): { apps: ChangedApp[]; problems: Problem[] } {
  return {
    apps: reports.map(({ name, namespace, workers }) => ({
      name,
      namespace,
      workers: workers.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : [])),
    })),
    problems: reports.flatMap(({ workers }) => workers.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.problem]))),
  };
}
