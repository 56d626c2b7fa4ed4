import type { AppReport, DaemonRequests, Handlers, ReloadReceipt } from '../../protocol/messages.ts';
import type { AppSpec } from '../../shared/app-spec.ts';
import { mapInTurns } from '../../shared/in-turns.ts';
import { type Outcome, succeed } from '../../shared/outcome.ts';
import type { Problem } from '../../shared/problems.ts';
import type { Parts } from '../parts.ts';
import { startApp } from '../start-app.ts';

/** Declaring apps. All at once, unless they are bounded: one that takes its time, or fails, is nothing to the others. */
export const startHandlers = (parts: Parts): Pick<Handlers<DaemonRequests>, 'app.start'> => ({
  'app.start': async ({ specs, parallel, ...order }, signal) => {
    const bound = parallel === undefined ? {} : { parallel };
    const start = (spec: AppSpec) => startApp(parts, spec, { ...order, ...bound, signal });
    const outcomes = await mapInTurns(specs, start, parallel && 1);
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
