import type { Target } from '../protocol/messages.ts';
import { type Problem, problem } from '../shared/problems.ts';
import { matchTarget } from '../shared/target.ts';
import type { AppEntry } from './app-list.ts';

/** An app of the list with those of its workers that are meant. */
export interface Selected {
  readonly app: AppEntry;
  readonly pmIds: readonly number[];
}

/** What several targets name together, each worker once, by app; and a problem for each that names nothing. */
export function selectTargets(
  targets: readonly Target[],
  apps: readonly AppEntry[],
): { selected: readonly Selected[]; problems: readonly Problem[] } {
  const nameable = apps.map((app) => ({ app, spec: app.spec, workers: app.workers.map(({ view }) => view) }));
  const pmIdsOf = new Map<AppEntry, Set<number>>();
  const problems: Problem[] = [];
  for (const target of targets) {
    const matches = matchTarget(nameable, target);
    if (matches.length === 0) problems.push(notFound(target, apps));
    for (const { app, pmIds } of matches) {
      pmIdsOf.set(app.app, new Set([...(pmIdsOf.get(app.app) ?? []), ...pmIds]));
    }
  }
  return { selected: [...pmIdsOf].map(([app, pmIds]) => ({ app, pmIds: [...pmIds] })), problems };
}

function notFound(wanted: Target, apps: readonly AppEntry[]): Problem {
  if (wanted === 'all') return problem('target/none');
  return problem('target/not-found', { wanted, known: [...new Set(apps.map(({ spec }) => spec.name))] });
}
