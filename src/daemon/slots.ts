import type { WorkerEntry } from './app-list.ts';

/** The slots for `count` more workers: lowest free first. */
export function freeSlots(used: readonly number[], count: number): number[] {
  const taken = new Set(used);
  const free: number[] = [];
  for (let slot = 0; free.length < count; slot += 1) if (!taken.has(slot)) free.push(slot);
  return free;
}

/** The ids of the `count` workers that go first when there shall be fewer: highest slot first. */
export function lastWorkers(workers: readonly WorkerEntry[], count: number): number[] {
  return [...workers]
    .sort((a, b) => b.view.slot - a.view.slot)
    .slice(0, count)
    .map(({ view }) => view.pmId);
}
