import type { AppReport } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import { mapInTurns } from '../shared/in-turns.ts';
import type { Slot } from './slot.ts';

/** What is done to one slot, and what became of it. */
export type Act<T> = (item: T) => Promise<Omit<AppReport['workers'][number], 'pmId'>>;

/** Does something to several slots, at once unless they are bounded. */
export async function reportOn<T extends { slot: Slot }>(
  { name, namespace }: AppSpec,
  items: readonly T[],
  act: Act<T>,
  atOnce?: number,
): Promise<AppReport> {
  const actAndTell = async (item: T) => ({ pmId: item.slot.site.pmId, ...(await act(item)) });
  const workers = await mapInTurns(items, actAndTell, atOnce);
  return { name, namespace, workers };
}
