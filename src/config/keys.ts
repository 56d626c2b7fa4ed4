import type { AppKey } from './app-key.ts';
import { environmentKeys } from './keys/environment.ts';
import { logKeys } from './keys/logs.ts';
import { pm2OnlyKeys } from './keys/pm2-only.ts';
import { restartingKeys } from './keys/restarting.ts';
import { runningKeys } from './keys/running.ts';
import { stoppingKeys } from './keys/stopping.ts';
import { watchingKeys } from './keys/watching.ts';
import type { ValueOf } from './kinds.ts';

/** The keys by subject, in the order of the documentation. */
export const keySections = {
  'What runs': runningKeys,
  Environment: environmentKeys,
  'Log files': logKeys,
  Restarting: restartingKeys,
  Watching: watchingKeys,
  'Starting and stopping': stoppingKeys,
} as const satisfies Record<string, readonly AppKey[]>;

const typedKeys = [
  ...runningKeys,
  ...environmentKeys,
  ...logKeys,
  ...restartingKeys,
  ...watchingKeys,
  ...stoppingKeys,
  ...pm2OnlyKeys,
] as const;

/** Every key of an app. Parsing, command-line options, documentation and the example file come from this table. */
export const appKeys: readonly AppKey[] = typedKeys;

type Row = (typeof typedKeys)[number];

/** What an app of a definition says, read and with defaults filled in. */
export type AppValues = {
  readonly [K in Row as K['name']]: K extends { default: unknown }
    ? ValueOf<K['kind']>
    : ValueOf<K['kind']> | undefined;
};

/** `max_restarts` of `maxRestarts`. */
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const byName: ReadonlyMap<string, AppKey> = new Map(
  appKeys.flatMap((key) => [key.name, ...(key.aliases ?? [])].map((name) => [name, key] as const)),
);

/** Every name that a key can be written as, without the camelCase forms. */
export const keyNames: readonly string[] = [...byName.keys()];

/** The key that a name stands for: its own, an alias, or either in camelCase. */
export const keyNamed = (name: string): AppKey | undefined => byName.get(name) ?? byName.get(snakeCase(name));
