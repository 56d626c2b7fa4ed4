import { concealSecret } from '../shared/secret.ts';
import type { ApplyStep, AppPlan, PlannedChange } from './apply-plan.ts';

/** What is done to one app, or would be. Holds no value of a variable, and no secret. */
export interface AppliedApp {
  readonly name: string;
  readonly namespace: string;
  /** The largest of its changes; `none`: it is as the file says. */
  readonly step: ApplyStep;
  readonly changes: readonly PlannedChange[];
}

export const recordOf = ({ name, namespace, step, changes }: AppPlan): AppliedApp => ({
  name,
  namespace,
  step,
  changes: changes.map(concealed),
});

export function concealed({ what, step, from, to }: PlannedChange): PlannedChange {
  return what.startsWith('env.')
    ? { what, step, from, to } // their values are not in it
    : { what, step, from: concealSecret(what, from), to: concealSecret(what, to) };
}
