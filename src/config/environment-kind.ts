import { types } from 'node:util';
import { type Kind, MAX_ARGUMENT_BYTES, type Parsed } from './kinds.ts';

type Variables = Readonly<Record<string, string>>;

const EXPECTS = 'an object of variables and their values';

/** Variables of an environment. Objects and lists become JSON, null becomes '', undefined is left out. */
export const environment: Kind<Variables> = {
  expects: EXPECTS,
  secret: true,
  parse(value): Parsed<Variables> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { rule: EXPECTS };
    const variables: [string, string][] = [];
    for (const [name, given] of Object.entries(value)) {
      if (given === undefined) continue;
      const read = variable(name, given);
      if (typeof read !== 'string') return read;
      variables.push([name, read]);
    }
    return { value: Object.fromEntries(variables) };
  },
};

function variable(name: string, given: unknown): string | { rule: string } {
  const shown = JSON.stringify(name.slice(0, 60));
  if (name === '' || /[=\0]/.test(name)) return { rule: `an object whose names have no '=' in them; ${shown} has` };
  const read = textOf(given);
  if (read === undefined) return { rule: `an object of plain values; that of ${shown} cannot be written as text` };
  if (read.includes('\0')) return { rule: `an object of values without zero bytes; that of ${shown} has one` };
  if (Buffer.byteLength(name) + Buffer.byteLength(read) >= MAX_ARGUMENT_BYTES)
    return { rule: `an object of values of ${MAX_ARGUMENT_BYTES} bytes at most; ${shown} is longer` };
  return read;
}

function textOf(given: unknown): string | undefined {
  if (given === null) return '';
  if (typeof given === 'string') return given;
  if (typeof given === 'number' || typeof given === 'boolean' || typeof given === 'bigint') return String(given);
  if (typeof given !== 'object') return undefined;
  if (types.isDate(given)) return Number.isNaN(given.getTime()) ? undefined : given.toISOString();
  return JSON.stringify(given);
}
