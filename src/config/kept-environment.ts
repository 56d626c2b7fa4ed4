import type { AppSpec } from '../shared/app-spec.ts';

/**
 * A declaration read anew, with the shell's part of the environment as the running app has it: from which shell a file is applied
 * changes nothing. What the file has set and sets no more is as in this shell; so is everything after a change of `filter_env`.
 */
export function keepShellPart(before: AppSpec, after: AppSpec): AppSpec {
  if (JSON.stringify(before.filterEnv) !== JSON.stringify(after.filterEnv)) return after;
  const own = new Set([...before.ownEnv, ...after.ownEnv]);
  const isOwn = ([name]: [string, string]) => own.has(name);
  const kept = Object.entries(before.env).filter((entry) => !isOwn(entry));
  return { ...after, env: Object.fromEntries([...kept, ...Object.entries(after.env).filter(isOwn)]) };
}
