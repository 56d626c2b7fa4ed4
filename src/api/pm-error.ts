import type { Problem, ProblemCode } from '../shared/problems.ts';

/** Why a call failed: the problem as the command line would print it. */
export class PmError extends Error {
  override readonly name = 'PmError';
  /** Stable, of the table in `problems`: `target/not-found`, `app/start-failed`, `request/timeout`, ... */
  readonly code: ProblemCode;
  /** What to do about it. */
  readonly hint: string | undefined;
  /** Such as the last lines of an app's stderr. */
  readonly evidence: readonly string[];
  /** All of them, where several apps or workers failed; the first is this one. */
  readonly problems: readonly Problem[];

  constructor(first: Problem, others: readonly Problem[] = []) {
    super(first.message);
    this.code = first.code;
    this.hint = first.hint;
    this.evidence = first.evidence ?? [];
    this.problems = [first, ...others];
  }
}

/** Throws when there is a problem. */
export function assertNone([first, ...others]: readonly Problem[]): void {
  if (first) throw new PmError(first, others);
}
