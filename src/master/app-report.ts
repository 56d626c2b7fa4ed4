import type { AppReport } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import type { Slot } from './slot.ts';

/** What is done to one slot, and what became of it. */
export type Act<T> = (item: T) => Promise<Omit<AppReport['workers'][number], 'pmId'>>;

/** Does something to several slots at once. */
export async function reportOn<T extends { slot: Slot }>(
  { name, namespace }: AppSpec,
  items: readonly T[],
  act: Act<T>,
): Promise<AppReport> {
  const workers = await Promise.all(items.map(async (item) => ({ pmId: item.slot.site.pmId, ...(await act(item)) })));
  return { name, namespace, workers };
}
