import type { AppSpec } from '../shared/app-spec.ts';

/** The fields of an app that are not as in another declaration of it. */
export function differingFields(before: AppSpec, after: AppSpec): Partial<AppSpec> {
  const texts = new Map(Object.entries(before).map(([field, value]) => [field, JSON.stringify(value)]));
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => texts.get(field) !== JSON.stringify(value)),
  );
}
