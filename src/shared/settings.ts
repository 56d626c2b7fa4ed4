import { isRecord } from './is-record.ts';

/** The settings of a home: texts, in groups named after an app or a module. What other programs wrote may be any JSON. */
export type Settings = Readonly<Record<string, unknown>>;

/** One change: the value at a path of keys. null takes it away; the empty path is everything. */
export interface SettingChange {
  readonly path: readonly string[];
  readonly value: string | null;
}

/** Keys by which an object could be made to change what is not its own. */
const FORBIDDEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** The keys that `a:b` or `a.b` stands for: a colon separates, or else a dot. undefined: it is none. */
export function settingPath(typed: string): string[] | undefined {
  const path = typed.split(typed.includes(':') ? ':' : '.');
  return isSettingPath(path) && path.length > 0 ? path : undefined;
}

export const isSettingPath = (path: readonly string[]): boolean =>
  path.every((key) => key !== '' && !FORBIDDEN_KEYS.includes(key));

/** The settings in the text of a file. Empty, or no file: none yet. A string says why they cannot be read. */
export function parseSettings(text: string): Settings | string {
  if (text.trim() === '') return {};
  try {
    const found: unknown = JSON.parse(text);
    return isRecord(found) ? found : 'it holds no object';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** As PM2 writes it. */
export const settingsText = (settings: Settings): string => JSON.stringify(settings, null, 4);

/** undefined: there is none. */
export function settingAt(settings: Settings, path: readonly string[]): unknown {
  let found: unknown = settings;
  for (const key of path) found = isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

export function withChange(settings: Settings, { path: [key, ...rest], value }: SettingChange): Settings {
  if (key === undefined) return {};
  const { [key]: former, ...others } = settings;
  if (rest.length === 0) return value === null ? others : { ...settings, [key]: value };
  const group = isRecord(former) ? former : {};
  if (value === null && !isRecord(former)) return settings;
  return { ...settings, [key]: withChange(group, { path: rest, value }) };
}

/** Every value with its path, in order; what is no group is a value. */
export function settingsIn(settings: Settings, above: readonly string[] = []): [path: string[], value: unknown][] {
  return Object.entries(settings).flatMap(([key, value]) =>
    isRecord(value) ? settingsIn(value, [...above, key]) : [[[...above, key], value] satisfies [string[], unknown]],
  );
}

/** A value as text: as it was set, or else in JSON. */
export const settingText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
