import type { Outcome } from '../shared/outcome.ts';

/** A table of requests, as the generic client and server see it: `T extends RequestTable<T>` (an interface has no index signature). */
export type RequestTable<T> = { readonly [M in keyof T]: { params: unknown; result: unknown } };

/** One function per request of a table; `signal` aborts when the client goes away or says so. */
export type Handlers<T> = {
  readonly [M in keyof T]: T[M] extends { params: infer P; result: infer R }
    ? (params: P, signal: AbortSignal) => Promise<Outcome<R>>
    : never;
};
