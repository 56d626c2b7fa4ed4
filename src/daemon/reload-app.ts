import type { ReloadReceipt } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import { fail, type Outcome } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import type { Parts } from './parts.ts';
import type { Selected } from './targets.ts';

/** Reloads workers of one app, which is done once at a time. An abort of `signal` is passed on to the master. */
export async function reloadApp(
  parts: Parts,
  { app, pmIds }: Selected,
  { signal, ...renewal }: { spec?: AppSpec; cause?: string; parallel?: number; signal: AbortSignal },
): Promise<Outcome<ReloadReceipt>> {
  const { name } = app.spec;
  if (parts.reloading.has(app.key)) return fail(problem('app/busy', { name, doing: 'reload' }));
  const work = parts.masters.use({ masterId: app.masterId, name }, (master) =>
    master.call('pool.reload', { app: app.key, pmIds, ...renewal }, { signal }),
  );
  parts.reloading.set(app.key, work);
  try {
    return await work;
  } finally {
    parts.reloading.delete(app.key);
  }
}
