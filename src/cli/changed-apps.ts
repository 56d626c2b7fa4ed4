import { specFromCommandLine } from '../config/command-line.ts';
import { differingFields } from '../config/differing-fields.ts';
import type { ListedApp } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import { type Outcome, succeed } from '../shared/outcome.ts';
import { matchTarget } from '../shared/target.ts';
import type { NamedWorkers } from './named-workers.ts';

/** An app of the list, and what its declaration becomes. */
export interface ChangedApp {
  readonly before: AppSpec;
  readonly after: AppSpec;
}

/** The named apps with flags laid over what they were declared with. */
export async function changedApps(
  apps: readonly ListedApp[],
  named: readonly NamedWorkers[],
  flags: Readonly<Record<string, unknown>>,
): Promise<Outcome<ChangedApp[]>> {
  const changed = new Map<ListedApp, ChangedApp>();
  for (const { app } of named.flatMap(({ target }) => matchTarget(apps, target))) {
    const fields = await changedFields(app.spec, flags);
    if (!fields.ok) return fields;
    changed.set(app, { before: app.spec, after: { ...app.spec, ...fields.value } });
  }
  return succeed([...changed.values()]);
}

/** The fields in which an app with these flags differs from one without. */
async function changedFields(
  { script, cwd, env: shellEnv }: AppSpec,
  flags: Readonly<Record<string, unknown>>,
): Promise<Outcome<Partial<AppSpec>>> {
  const context = { cwd, shellEnv };
  const without = await specFromCommandLine(script, [], { ...context, flags: {} });
  const { args = [], ...keys } = flags;
  const having = await specFromCommandLine(script, isList(args) ? args : [], { ...context, flags: keys });
  if (!without.ok) return without;
  if (!having.ok) return having;
  return succeed(differingFields(without.value, having.value));
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);
