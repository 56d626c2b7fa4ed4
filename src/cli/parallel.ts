import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { type Input, textOption } from './command.ts';

/** What `--parallel` says. */
export function readParallel({ options }: Input): Outcome<{ readonly parallel?: number }> {
  const given = textOption(options, 'parallel');
  if (given === undefined) return succeed({});
  if (/^[1-9]\d{0,5}$/.test(given)) return succeed({ parallel: Number(given) });
  return fail(problem('usage/invalid', { message: `--parallel must be a whole number, 1 or more; got "${given}"` }));
}
