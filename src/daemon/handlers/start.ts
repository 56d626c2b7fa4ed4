import type { AppReport, DaemonRequests, Handlers, ReloadReceipt } from '../../protocol/messages.ts';
import { type Outcome, succeed } from '../../shared/outcome.ts';
import type { Problem } from '../../shared/problems.ts';
import type { Parts } from '../parts.ts';
import { startApp } from '../start-app.ts';

/** Declaring apps. All at once: one that takes its time, or fails, is nothing to the others. */
export const startHandlers = (parts: Parts): Pick<Handlers<DaemonRequests>, 'app.start'> => ({
  'app.start': async ({ specs, existing }, signal) => {
    const outcomes = await Promise.all(specs.map((spec) => startApp(parts, spec, { existing, signal })));
    const { values, problems } = partition<AppReport | ReloadReceipt>(outcomes);
    return succeed({ reports: values, problems });
  },
});

/** What succeeded, and why the rest did not. */
export function partition<T>(outcomes: readonly Outcome<T>[]): { values: T[]; problems: Problem[] } {
  return {
    values: outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])),
    problems: outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.problem])),
  };
}
