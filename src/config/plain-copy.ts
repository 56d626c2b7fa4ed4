/** Deeper than any definition: stops endless nesting. */
const MAX_DEPTH = 50;

/**
 * A copy of a value as plain data, so that reading it later runs no code of the file (getters, proxies) and ends (cycles).
 * Functions and symbols stay as they are: they are refused where they are found. Throws what a getter throws, and on
 * cycles.
 */
export function plainCopy(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) throw new Error(`The value is nested more than ${MAX_DEPTH} levels deep, or contains itself`);
  if (Array.isArray(value)) return Array.from(value, (item) => plainCopy(item, depth + 1));
  if (value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainCopy(item, depth + 1)]));
}
