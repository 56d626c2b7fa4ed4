import { constants } from 'node:os';
import { splitWords } from './shell-words.ts';

/** A type of value in a definition: what is accepted, in words, and how it is read. */
export interface Kind<T> {
  /** Completes "must be ...". */
  readonly expects: string;
  readonly parse: (value: unknown) => Parsed<T>;
  /** Values may be secret: mistakes name their type only. */
  readonly secret?: true;
}

/** A value read, or the rule it breaks (completes "must be ..."). */
export type Parsed<T> = { readonly value: T } | { readonly rule: string };

/** The value of a kind. */
export type ValueOf<K> = K extends Kind<infer T> ? T : never;

/** Longest single argument or variable that Linux hands to a program: MAX_ARG_STRLEN, 32 pages (execve(2)). */
export const MAX_ARGUMENT_BYTES = 131_071;

/** Longest delay of a Node timer; a longer one fires at once (documentation of setTimeout). */
const MAX_TIMER_MS = 2_147_483_647;

const kind = <T>(expects: string, read: (value: unknown) => T | undefined): Kind<T> => ({
  expects,
  parse: (value) => {
    const parsed = read(value);
    return parsed === undefined ? { rule: expects } : { value: parsed };
  },
});

/** Why a text cannot be handed to a program, or undefined. */
function unusableText(text: string): string | undefined {
  if (text.includes('\0')) return 'free of zero bytes';
  if (Buffer.byteLength(text) > MAX_ARGUMENT_BYTES) return `${MAX_ARGUMENT_BYTES} bytes long at most`;
  return undefined;
}

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;

/** A text that is not empty; a number is taken as its digits (YAML reads `name: 3000` as one). */
export const text: Kind<string> = {
  expects: 'a text that is not empty',
  parse(value) {
    const found = asText(value);
    if (found === undefined || found.trim() === '') return { rule: text.expects };
    const rule = unusableText(found);
    return rule ? { rule } : { value: found };
  },
};

/** A text of which `allowed` is true. */
export const textWhere = (expects: string, allowed: (value: string) => boolean): Kind<string> => ({
  expects,
  parse(value) {
    const parsed = text.parse(value);
    if ('value' in parsed && !allowed(parsed.value)) return { rule: expects };
    return parsed;
  },
});

export const flag: Kind<boolean> = kind('true or false', (value) =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined,
);

/** One of some words, given in the forms that `words` lists. */
export const oneOf = <const T extends string>(words: Readonly<Record<string, T>>): Kind<T> =>
  kind(`one of ${[...new Set(Object.values(words))].map((word) => `'${word}'`).join(', ')}`, (value) =>
    typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : undefined,
  );

/** A number, or a text of digits: never '', which JavaScript reads as 0. */
const asNumber = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value.trim()) ? Number(value) : undefined;
};

export const wholeNumber = (min: number, max: number): Kind<number> =>
  kind(
    max === Number.MAX_SAFE_INTEGER ? `a whole number, ${min} or more` : `a whole number from ${min} to ${max}`,
    (value) => {
      const number = asNumber(value);
      return number !== undefined && Number.isInteger(number) && number >= min && number <= max ? number : undefined;
    },
  );

const inUnits = (value: unknown, pattern: RegExp, units: Readonly<Record<string, number>>): number | undefined => {
  const plain = asNumber(value);
  if (plain !== undefined) return plain;
  const match = typeof value === 'string' && value.length < 32 ? pattern.exec(value.trim().toLowerCase()) : null;
  const factor = units[match?.[2] ?? ''];
  return match && factor !== undefined ? Math.round(Number(match[1]) * factor) : undefined;
};

const msPer = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time in milliseconds: a number of them, or a number with its unit. */
export const duration: Kind<number> = kind(
  `a time in milliseconds, or like '10s', '5m', '1h', of 24 days at most`,
  (value) => {
    const ms = inUnits(value, /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/, msPer);
    return ms !== undefined && ms >= 0 && ms <= MAX_TIMER_MS ? Math.round(ms) : undefined;
  },
);

/** An age in milliseconds, which may be longer than a timer can run. */
export const age: Kind<number> = kind(`a time in milliseconds, or like '12h', '30d'`, (value) => {
  const ms = inUnits(value, /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/, msPer);
  return ms !== undefined && Number.isSafeInteger(ms) && ms >= 0 ? ms : undefined;
});

const bytesPer = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** A size in bytes: a number of them, or a number with its unit. */
export const size: Kind<number> = kind(`a size in bytes, or like '100M', '2G'`, (value) => {
  const bytes = inUnits(value, /^(\d+(?:\.\d+)?)\s*([kmg])i?b?$/, bytesPer);
  return bytes !== undefined && Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined;
});

/** Words: a list of them, or one text that is split as a shell does. */
export const words: Kind<readonly string[]> = {
  expects: 'a list of texts, or one text with words apart from each other by spaces',
  parse(value) {
    const items = Array.isArray(value) ? value.map(asText) : typeof value === 'string' ? splitWords(value) : undefined;
    if (items === undefined)
      return { rule: typeof value === 'string' ? 'a text whose quotes are closed' : words.expects };
    const found: string[] = [];
    for (const item of items) {
      if (item === undefined) return { rule: words.expects };
      const rule = unusableText(item);
      if (rule) return { rule };
      found.push(item);
    }
    return { value: found };
  },
};

/** Lines for a shell. */
export const commandLines: Kind<readonly string[]> = kind('a command, or a list of them', (value) => {
  const lines: unknown[] = Array.isArray(value) ? value : [value];
  const isLine = (line: unknown): line is string => typeof line === 'string' && line.trim() !== '';
  return lines.every(isLine) ? lines : undefined;
});

/** A path that may be switched off or on: `true` stands for the default path. */
export const pathOrFlag: Kind<string | boolean> = {
  expects: 'a path, true or false',
  parse: (value) =>
    typeof value === 'boolean'
      ? { value }
      : 'value' in text.parse(value)
        ? text.parse(value)
        : { rule: pathOrFlag.expects },
};

export const exitCodes: Kind<readonly number[]> = kind('an exit code from 0 to 255, or a list of them', (value) => {
  const items = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[\s,]+/) : [value];
  const codes = items.map(asNumber);
  return codes.every((code): code is number => code !== undefined && Number.isInteger(code) && code >= 0 && code <= 255)
    ? codes
    : undefined;
});

const isSignal = (name: string): name is NodeJS.Signals => Object.hasOwn(constants.signals, name);

export const signal: Kind<NodeJS.Signals> = kind(`the name of a signal, such as 'SIGTERM'`, (value) => {
  if (typeof value !== 'string') return undefined;
  const name = value.toUpperCase().startsWith('SIG') ? value.toUpperCase() : `SIG${value.toUpperCase()}`;
  return isSignal(name) ? name : undefined;
});

/** Anything: for keys that are accepted and have no effect. */
export const anything: Kind<unknown> = { expects: 'anything', parse: (value) => ({ value }) };
