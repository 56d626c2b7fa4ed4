import type { AppReport, ReloadReceipt } from '../protocol/messages.ts';
import type { Problem } from '../shared/problems.ts';
import type { WorkerView } from '../shared/worker-view.ts';
import { assertNone } from './pm-error.ts';

/** An app that something was done to, with the workers it was done to as they were after it. */
export interface ChangedApp {
  readonly name: string;
  readonly namespace: string;
  readonly workers: readonly WorkerView[];
}

/** What was done, with everything that failed. Receipts tell of no worker. */
export function changedIn(results: readonly (AppReport | ReloadReceipt)[]): {
  apps: ChangedApp[];
  problems: Problem[];
} {
  const reports = results.flatMap((result) => ('kind' in result ? [] : [result]));
  return {
    apps: reports.map(({ name, namespace, workers }) => ({
      name,
      namespace,
      workers: workers.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : [])),
    })),
    problems: reports.flatMap(({ workers }) => workers.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.problem]))),
  };
}

/** Throws what failed, of the whole or of a worker. */
export function assertDone(results: readonly (AppReport | ReloadReceipt)[], problems: readonly Problem[]): void {
  assertNone([...problems, ...changedIn(results).problems]);
}
