import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';

/** The id of a worker, as typed. */
export function workerId(typed: string): Outcome<number> {
  if (/^\d{1,15}$/.test(typed)) return succeed(Number(typed));
  return fail(
    problem('usage/invalid', { message: `"${typed}" is not an id.`, hint: '"pm list" shows the ids, whole numbers.' }),
  );
}
