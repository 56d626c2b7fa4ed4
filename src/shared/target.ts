import type { AppSpec } from './app-spec.ts';

/** Enough of an app to be named. */
export interface Nameable {
  readonly spec: Pick<AppSpec, 'name' | 'namespace' | 'script' | 'module'>;
  readonly workers: readonly { readonly pmId: number }[];
}

/** An app with those of its workers that a target names. */
export interface Match<A> {
  readonly app: A;
  readonly pmIds: readonly number[];
}

/**
 * What a target names, by PM2's order: `all`, but modules; `/regex/` on names; then the first that matches anything of name (or absolute
 * script path, or `namespace/name`), namespace, id. Empty: nothing is called so.
 */
export function matchTarget<A extends Nameable>(apps: readonly A[], target: string): Match<A>[] {
  if (target === 'all') return apps.filter(({ spec }) => !spec.module).map(whole);
  const pattern = regexOf(target);
  if (pattern) return apps.filter(({ spec }) => pattern.test(spec.name)).map(whole);
  const named = apps.filter(({ spec }) => isCalled(spec, target));
  if (named.length > 0) return named.map(whole);
  const grouped = apps.filter(({ spec }) => spec.namespace === target);
  if (grouped.length > 0) return grouped.map(whole);
  return /^\d+$/.test(target) ? withId(apps, Number(target)) : [];
}

const whole = <A extends Nameable>(app: A): Match<A> => ({ app, pmIds: app.workers.map(({ pmId }) => pmId) });

const isCalled = ({ name, namespace, script }: Nameable['spec'], target: string): boolean =>
  name === target || script === target || `${namespace}/${name}` === target;

function withId<A extends Nameable>(apps: readonly A[], pmId: number): Match<A>[] {
  const app = apps.find(({ workers }) => workers.some((worker) => worker.pmId === pmId));
  return app ? [{ app, pmIds: [pmId] }] : [];
}

/** Null: not written as `/…/`, or not a pattern that parses (then it names nothing). */
function regexOf(target: string): RegExp | null {
  if (target.length < 3 || !target.startsWith('/') || !target.endsWith('/')) return null;
  try {
    return new RegExp(target.slice(1, -1));
  } catch {
    return null;
  }
}
