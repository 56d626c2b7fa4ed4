import type { AppKey } from './app-key.ts';
import type { DeclaredApp } from './definition-shape.ts';
import { environment } from './environment-kind.ts';
import { type Finding, mismatch } from './findings.ts';
import { type AppValues, appKeys, keyNamed, keyNames } from './keys.ts';
import { didYouMean } from './nearest-word.ts';
import type { ReadContext } from './read-context.ts';

type Variables = Readonly<Record<string, string>>;

/** An app whose every value has been read; nothing has been looked up on the machine. */
export interface ParsedApp {
  readonly values: AppValues;
  readonly envBlocks: Readonly<Record<string, Variables>>;
  /** Where a key was written, or where it would stand. */
  readonly placeOf: (key: keyof AppValues) => string;
}

interface Given {
  readonly at: string;
  readonly value: unknown;
}

/** Reads the fields of an app with the command line's flags laid over them, and below them the variables of the shell. Every mistake goes to `found`. */
export function parseApp(
  app: DeclaredApp,
  { flags, shellEnv }: Pick<ReadContext, 'flags' | 'shellEnv'>,
  found: Finding[],
): ParsedApp {
  const at = (name: string) => (app.at === '' ? name : `${app.at}.${name}`);
  const isBlock = (name: string) => /^env_./.test(name) && keyNamed(name) === undefined;
  const fields = Object.entries(app.fields);
  const given = new Map([
    ...givenByKey(
      fields.filter(([name]) => !isBlock(name)),
      at,
      found,
    ),
    ...givenByKey(Object.entries(flags), flagForm, found),
  ]);
  const read = new Map(
    appKeys.map((key) => [key.name, readValue(key, given.get(key.name) ?? givenBy(key, shellEnv), found)]),
  );
  const blocks = fields
    .filter(([name, value]) => isBlock(name) && value !== undefined)
    .map(([name, value]) => {
      const parsed = environment.parse(value);
      if ('rule' in parsed) found.push({ at: at(name), says: mismatch(parsed.rule, value, environment) });
      return [name.slice('env_'.length), 'value' in parsed ? parsed.value : {}] as const;
    });
  return {
    // Every key of the table is in it, each with the value of its kind or its default: that is what AppValues says.
    values: Object.fromEntries(read) as unknown as AppValues,
    envBlocks: Object.fromEntries(blocks),
    placeOf: (key) => given.get(key)?.at ?? at(key),
  };
}

function givenBy({ variable = '' }: AppKey, shell: Variables): Given | undefined {
  const value = shell[variable];
  return value ? { at: variable, value } : undefined;
}

/** What a mistyped key may have been meant as. */
const knownNames = [...keyNames, 'env_production'];

function givenByKey(
  entries: readonly [string, unknown][],
  at: (name: string) => string,
  found: Finding[],
): Map<string, Given> {
  const given = new Map<string, Given>();
  for (const [name, value] of entries) {
    if (value === undefined) continue;
    const key = keyNamed(name);
    const before = key && given.get(key.name);
    const place = at(name.slice(0, 80));
    if (!key) found.push({ at: place, says: `is not a key of an app.${didYouMean(name, knownNames)}` });
    else if (before) found.push({ at: place, says: `and ${before.at} are the same key; give one of them` });
    else given.set(key.name, { at: place, value });
  }
  return given;
}

/** `--kill-timeout`, of the name that the option parser gives to it. */
function flagForm(name: string): string {
  const long = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-')}`;
  const known =
    keyNamed(name)?.flags?.flatMap((flag) => flag.split(/[ ,]+/).filter((word) => word.startsWith('--'))) ?? [];
  return known.find((flag) => flag === long || flag === long.replace('--', '--no-')) ?? known[0] ?? long;
}

function readValue(key: AppKey, given: Given | undefined, found: Finding[]): unknown {
  if (!given || key.support === 'no-effect') return key.default;
  const { at, value } = given;
  const parsed = key.kind.parse(value);
  if ('value' in parsed) return parsed.value;
  found.push({ at, says: mismatch(parsed.rule, value, key.kind) });
  return key.default;
}
