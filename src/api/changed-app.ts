import type { AppReport } from '../protocol/messages.ts';
import type { Problem } from '../shared/problems.ts';
import type { WorkerView } from '../shared/worker-view.ts';

/** An app that something was done to, with the workers it was done to as they were after it. */
export interface ChangedApp {
  readonly name: string;
  readonly namespace: string;
  readonly workers: readonly WorkerView[];
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
