import type { WorkerEntry } from './app-list.ts';
import type { Parts } from './parts.ts';
import { reloadApp } from './reload-app.ts';

/**
 * Replaces workers of an app that nobody asked for: without a gap in cluster mode, one after the other in fork mode. Resolves when it
 * is done; what went wrong is in the daemon's log.
 */
export async function renewApp(
  parts: Parts,
  { key, cause, which }: { key: string; cause: string; which: (worker: WorkerEntry) => boolean },
): Promise<void> {
  const app = parts.list.get(key);
  const pmIds = app?.workers.filter(which).map(({ view }) => view.pmId) ?? [];
  if (app === undefined || pmIds.length === 0) return;
  const { signal } = new AbortController(); // nobody waits who could call it off
  const renewed = await reloadApp(parts, { app, pmIds }, { cause, signal });
  if (renewed.ok) return;
  const { message, hint } = renewed.problem;
  parts.log.note(`"${key}" was to be replaced. ${cause} ${message}${hint ? ` ${hint}` : ''}`);
}
