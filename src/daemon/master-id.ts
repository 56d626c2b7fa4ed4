import type { AppSpec } from '../shared/app-spec.ts';

/** Which master an app belongs to: the one of its pool, the one of all fork-mode apps, or its own, with the lowest number that is free. */
export function masterIdFor(spec: AppSpec, taken: readonly string[]): string {
  const shared = sharedMasterOf(spec);
  if (shared !== null) return shared;
  const used = new Set(taken);
  for (let number = 1; ; number += 1) if (!used.has(String(number))) return String(number);
}

/** Whether an app may stay where it is with another spec. */
export const sameMaster = (before: AppSpec, after: AppSpec): boolean =>
  sharedMasterOf(before) === sharedMasterOf(after);

function sharedMasterOf({ pool, execMode }: AppSpec): string | null {
  if (pool !== null) return pool; // begins with a letter and is not "fork" (config/), so it is nobody else's id
  return execMode === 'fork' ? 'fork' : null;
}
