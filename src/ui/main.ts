import type { Outcome } from '../shared/outcome.ts';
import { fail } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';

export interface DashboardOptions {
  /** Unix socket of the daemon. A daemon should be there; when it goes, the dashboard waits for the next. */
  readonly socketPath: string;
  /** False: bold and inverse only. */
  readonly color: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Shows the dashboard until the user leaves it. Resolves with the exit code, the terminal being as it was before. Fails
 * with terminal/missing when stdin or stdout is none.
 */
export async function runDashboard(_options: DashboardOptions): Promise<Outcome<number>> {
  return fail(problem('terminal/missing'));
}
