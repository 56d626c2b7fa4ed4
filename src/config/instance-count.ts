import type { Kind } from './kinds.ts';

/** More workers than this on one machine is a slip of the finger. */
const MAX_INSTANCES = 1_000;

/** As written: a positive number of workers, 0 for one per CPU, a negative number for that many fewer. */
export const instances: Kind<number> = {
  expects: `'max', or a whole number from -${MAX_INSTANCES} to ${MAX_INSTANCES}`,
  parse(value) {
    if (value === 'max') return { value: 0 };
    const number = typeof value === 'string' && /^-?\d{1,6}$/.test(value.trim()) ? Number(value) : value;
    const fits = typeof number === 'number' && Number.isInteger(number) && Math.abs(number) <= MAX_INSTANCES;
    return fits ? { value: number } : { rule: instances.expects };
  },
};

/** How many workers, and in which mode. */
export interface Layout {
  readonly execMode: 'cluster' | 'fork';
  readonly instances: number;
  readonly instancesGiven: boolean;
}

/**
 * Mode and number of workers: a Node program with `instances` (even 1) runs in cluster mode, all else in fork mode, unless
 * the mode is given. `cpus` is asked only when the number depends on it.
 */
export function layOut(given: {
  readonly instances: number | undefined;
  readonly execMode: 'cluster' | 'fork' | undefined;
  readonly isNode: boolean;
  readonly cpus: () => number;
}): Layout {
  const wanted = given.instances;
  const count = wanted === undefined ? 1 : wanted > 0 ? wanted : Math.max(1, given.cpus() + wanted);
  const usual = wanted !== undefined && given.isNode ? 'cluster' : 'fork';
  return { execMode: given.execMode ?? usual, instances: count, instancesGiven: wanted !== undefined };
}
