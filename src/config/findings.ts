import { inspect } from 'node:util';
import type { Outcome } from '../shared/outcome.ts';
import type { Problem } from '../shared/problems.ts';
import type { Kind } from './kinds.ts';

/** One mistake of a definition. */
export interface Finding {
  /** Where: `apps[2].max_restarts`, or the flag. */
  readonly at: string;
  /** What is wrong, after the place. */
  readonly says: string;
  /** The problem it is when it stands alone. */
  readonly problem?: Problem;
}

/** A finding as one line of a report; what a hostile file put in it does nothing to a terminal. */
export const sentenceOf = ({ at, says }: Finding): string =>
  `${at}${says.startsWith(':') ? '' : ' '}${says}`.replace(/\p{Cc}/gu, (char) => JSON.stringify(char).slice(1, -1));

/** The value of a lookup, or undefined after its problem was noted for a place. */
export function valueOrFinding<T>(outcome: Outcome<T>, at: string, found: Finding[]): T | undefined {
  if (outcome.ok) return outcome.value;
  const { message, hint } = outcome.problem;
  found.push({ at, says: `: ${message.replace(/\.$/, '')}.${hint ? ` ${hint}` : ''}`, problem: outcome.problem });
  return undefined;
}

/** "must be a whole number, 0 or more; got 'lots'". */
export const mismatch = (rule: string, value: unknown, kind: Pick<Kind<unknown>, 'secret'>): string =>
  `must be ${rule}; got ${kind.secret ? typeName(value) : show(value)}`;

/** A value as text of bounded length, never running code of it. */
export const show = (value: unknown): string => {
  const text = inspect(value, {
    depth: 1,
    breakLength: Number.POSITIVE_INFINITY,
    maxStringLength: 60,
    maxArrayLength: 5,
    customInspect: false,
  });
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
};

const typeName = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};
