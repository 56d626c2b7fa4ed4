import { inspect } from 'node:util';
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

/** A finding as one line of a report. */
export const sentenceOf = (finding: Finding): string =>
  `${finding.at}${finding.says.startsWith(':') ? '' : ' '}${finding.says}`;

/** A foreseen failure about one key of an app. */
export const findingOf = (at: string, problem: Problem): Finding => ({
  at,
  says: `: ${problem.message.replace(/\.$/, '')}.${problem.hint ? ` ${problem.hint}` : ''}`,
  problem,
});

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
