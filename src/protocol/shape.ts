import { isRecord } from '../shared/is-record.ts';

/** Says what is wrong with a value, and where; null: nothing. */
export type Shape = (value: unknown, at: string) => string | null;

/** One shape per field of T, so that a field added to T does not compile until its shape is here. */
export type FieldShapes<T> = { readonly [K in keyof T]-?: Shape };

const saying =
  (what: string, holds: (value: unknown) => boolean): Shape =>
  (value, at) =>
    holds(value) ? null : `${at} must be ${what}`;

/** Whatever JSON there is. */
export const anything: Shape = () => null;

export const text: Shape = saying('a text', (value) => typeof value === 'string');

export const someText: Shape = saying('a text that is not empty', (value) => typeof value === 'string' && value !== '');

export const flag: Shape = saying('true or false', (value) => typeof value === 'boolean');

export const finite: Shape = saying('a number', (value) => Number.isFinite(value));

export const integer: Shape = saying('a whole number', Number.isInteger);

export const wholeNumber = (min: number, max = Number.MAX_SAFE_INTEGER): Shape =>
  saying(
    max === Number.MAX_SAFE_INTEGER ? `a whole number, ${min} or more` : `a whole number from ${min} to ${max}`,
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
  );

export const oneOf = (...values: readonly unknown[]): Shape =>
  saying(`one of ${values.map((value) => JSON.stringify(value)).join(', ')}`, (value) => values.includes(value));

export const either =
  (first: Shape, second: Shape): Shape =>
  (value, at) =>
    first(value, at) === null ? null : second(value, at);

export const nullable = (shape: Shape): Shape => either(oneOf(null), shape);

/** The field may be absent. */
export const optional = (shape: Shape): Shape => either(oneOf(undefined), shape);

export const listOf =
  (item: Shape): Shape =>
  (value, at) =>
    Array.isArray(value)
      ? firstOf(value.entries(), (inner, index) => item(inner, `${at}[${index}]`))
      : `${at} must be a list`;

export const mapOf =
  (item: Shape): Shape =>
  (value, at) =>
    isRecord(value)
      ? firstOf(Object.entries(value), (inner, key) => item(inner, `${at}.${key}`))
      : `${at} must be an object`;

/** Fields that are not named are let through: a newer client may send more. */
export const object =
  <T>(fields: FieldShapes<T>): Shape =>
  (value, at) =>
    isRecord(value)
      ? firstOf(Object.entries<Shape>(fields), (shape, key) => shape(value[key], `${at}.${key}`))
      : `${at} must be an object`;

function firstOf<K, V>(entries: Iterable<[K, V]>, complain: (value: V, key: K) => string | null): string | null {
  for (const [key, value] of entries) {
    const complaint = complain(value, key);
    if (complaint !== null) return complaint;
  }
  return null;
}
