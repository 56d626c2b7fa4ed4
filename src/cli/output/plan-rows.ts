import type { AppPlan, PlannedChange } from '../../config/apply-plan.ts';
import { concealed } from '../../config/plan-record.ts';

/** A value may be a long list; the line is for a glance. */
const MAX_VALUE = 120;

/** `api  reload  args: ["1"] -> ["2"]`: a line for each change of each app. */
export function planLines(plans: readonly AppPlan[]): string[] {
  const rows = plans.flatMap(({ name, changes }) => changes.map((change) => ({ name, ...change })));
  const nameWidth = Math.max(0, ...rows.map(({ name }) => name.length));
  const stepWidth = Math.max(0, ...rows.map(({ step }) => step.length));
  return rows.map((row) => `${row.name.padEnd(nameWidth)}  ${row.step.padEnd(stepWidth)}  ${sayChange(row)}`);
}

function sayChange(change: PlannedChange): string {
  const { what, from, to } = concealed(change);
  return `${what}: ${short(from)} -> ${short(to)}`;
}

const short = (value: string): string => (value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE - 3)}...` : value);
