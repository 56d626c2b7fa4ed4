import type { Target } from '../protocol/messages.ts';
import { appKey } from '../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { type Problem, problem } from '../shared/problems.ts';

/** What targets are looked up in. */
export interface Selectable {
  readonly name: string;
  readonly namespace: string;
  readonly script: string;
  readonly pmIds: readonly number[];
}

/** Workers of one app that are meant. */
export interface Selected {
  readonly app: string;
  readonly pmIds: readonly number[];
}

/**
 * What a person typed, in PM2's order: `all`; `/regex/` on the name; a name; `namespace/name`; the path of the script; a namespace;
 * an id. An id selects one worker, everything else whole apps.
 */
export function select(target: Target, apps: readonly Selectable[]): Outcome<readonly Selected[]> {
  const found =
    target.length > 2 && target.startsWith('/') && target.endsWith('/')
      ? byPattern(target, apps)
      : byWord(target, apps);
  if (!found.ok || found.value.length > 0) return found;
  const known = [...new Set(apps.map(({ name }) => name))];
  return fail(target === 'all' ? problem('target/none') : problem('target/not-found', { wanted: target, known }));
}

/** Several targets together: each worker once, by app; and what could not be found. */
export function selectAll(
  targets: readonly Target[],
  apps: readonly Selectable[],
): { selected: readonly Selected[]; problems: readonly Problem[] } {
  const pmIdsOf = new Map<string, Set<number>>();
  const problems: Problem[] = [];
  for (const target of targets) {
    const found = select(target, apps);
    if (!found.ok) problems.push(found.problem);
    else for (const { app, pmIds } of found.value) pmIdsOf.set(app, new Set([...(pmIdsOf.get(app) ?? []), ...pmIds]));
  }
  return { selected: [...pmIdsOf].map(([app, pmIds]) => ({ app, pmIds: [...pmIds] })), problems };
}

function byWord(target: Target, apps: readonly Selectable[]): Outcome<readonly Selected[]> {
  const rules: readonly ((app: Selectable) => boolean)[] = [
    () => target === 'all',
    ({ name }) => name === target,
    (app) => appKey(app) === target,
    ({ script }) => target.startsWith('/') && script === target,
    ({ namespace }) => namespace === target,
  ];
  for (const rule of rules) {
    const matching = apps.filter(rule);
    if (matching.length > 0) return succeed(matching.map(whole));
  }
  return succeed(byId(target, apps));
}

function byPattern(target: Target, apps: readonly Selectable[]): Outcome<readonly Selected[]> {
  let pattern: RegExp;
  try {
    pattern = new RegExp(target.slice(1, -1));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(problem('usage/invalid', { message: `${target} is not a regular expression: ${reason}` }));
  }
  const named = apps.filter(({ name }) => pattern.test(name));
  if (named.length > 0) return succeed(named.map(whole));
  return byWord(target, apps); // the path of a script may end in a slash too
}

function byId(target: Target, apps: readonly Selectable[]): Selected[] {
  if (!/^\d+$/.test(target)) return [];
  const pmId = Number(target);
  return apps.filter(({ pmIds }) => pmIds.includes(pmId)).map((app) => ({ app: appKey(app), pmIds: [pmId] }));
}

const whole = (app: Selectable): Selected => ({ app: appKey(app), pmIds: app.pmIds });
