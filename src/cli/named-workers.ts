import { resolve } from 'node:path';
import type { ListedApp, Target } from '../protocol/messages.ts';
import type { Outcome } from '../shared/outcome.ts';
import { succeed } from '../shared/outcome.ts';
import { type Problem, problem } from '../shared/problems.ts';
import { matchTarget } from '../shared/target.ts';
import type { Session } from './command.ts';

/** What one operand names. */
export interface NamedWorkers {
  /** As it was typed. */
  readonly typed: string;
  /** As the daemon understands it. */
  readonly target: Target;
  /** Empty: nothing is called so. */
  readonly pmIds: readonly number[];
}

/** Looks up what operands name, so that it can be said before it is done. */
export async function findNamed(session: Session, operands: readonly string[]): Promise<Outcome<NamedWorkers[]>> {
  const reply = await session.ask('app.list', { env: false });
  return reply.ok ? succeed(operands.map((typed) => named(reply.value, typed, session.cwd))) : reply;
}

/** A name, or else the path of an app's script from the current folder. */
function named(apps: readonly ListedApp[], typed: string, cwd: string): NamedWorkers {
  const path = resolve(cwd, typed);
  const target = matchTarget(apps, typed).length === 0 && matchTarget(apps, path).length > 0 ? path : typed;
  return { typed, target, pmIds: matchTarget(apps, target).flatMap(({ pmIds }) => pmIds) };
}

/** Nothing is called so; these are the names there are. */
export function notFound(wanted: string, apps: readonly ListedApp[]): Problem {
  return problem('target/not-found', { wanted, known: apps.map(({ spec }) => spec.name) });
}
