import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { type Input, type Session, textOption } from './command.ts';

const VARIABLE = 'PM2_CONCURRENT_ACTIONS';

/** What `--parallel` says, or else PM2's variable for it. */
export function readParallel(
  { options }: Input,
  { env }: Pick<Session, 'env'>,
): Outcome<{ readonly parallel?: number }> {
  const option = textOption(options, 'parallel');
  const given = option ?? env[VARIABLE];
  if (given === undefined || given === '') return succeed({});
  if (/^[1-9]\d{0,5}$/.test(given)) return succeed({ parallel: Number(given) });
  const place = option === undefined ? VARIABLE : '--parallel';
  return fail(problem('usage/invalid', { message: `${place} must be a whole number, 1 or more; got "${given}"` }));
}
