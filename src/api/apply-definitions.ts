import { resolve } from 'node:path';
import { planApply, requestsOf } from '../config/apply-plan.ts';
import { isEcosystemFile } from '../config/ecosystem-files.ts';
import { type AppliedApp, recordOf } from '../config/plan-record.ts';
import { problem } from '../shared/problems.ts';
import { type Definitions, type ReadOptions, readDefinitions } from './app-definition.ts';
import { assertDone } from './changed-app.ts';
import type { CallOptions, Connection } from './connection.ts';
import { PmError } from './pm-error.ts';

/** How a definition is applied. */
export interface ApplySettings extends ReadOptions, CallOptions {
  /** Says what would be done, and does nothing. Default: false. */
  readonly plan?: boolean;
}

/** What `pm.apply` does. Apps that are gone are deleted where they came from the same file, and the file is read as a whole. */
export async function applyDefinitions(
  connection: Connection,
  what: Definitions,
  { plan = false, ...options }: ApplySettings,
): Promise<AppliedApp[]> {
  if (typeof what === 'string' && !isEcosystemFile(what))
    throw new PmError(problem('usage/invalid', { message: `"${what}" is not an ecosystem file.` }));
  const specs = await readDefinitions(what, options);
  if (!specs.ok) throw new PmError(specs.problem);
  const { cwd = process.cwd(), env = null, only } = options;
  const listed = await connection.call('app.list', { env: true }, options);
  const from = typeof what === 'string' ? { file: resolve(cwd, what), envName: env } : null;
  const plans = planApply(listed, specs.value, { from, prunes: only === undefined });
  if (plan) return plans.map(recordOf);
  const { targets, starts } = requestsOf(plans);
  const deleted = targets.length > 0 ? await connection.call('app.delete', { targets }, options) : NOTHING;
  const started = await Promise.all(starts.map((start) => connection.call('app.start', start, options)));
  const done = [deleted, ...started];
  assertDone(
    done.flatMap(({ reports }) => reports),
    done.flatMap(({ problems }) => problems),
  );
  return plans.map(recordOf);
}

const NOTHING = { reports: [], problems: [] };
