/** What a load generator is to do. Loopback only; bounded in time and in count. */
export interface LoadJob {
  readonly port: number;
  readonly path: string;
  /** How many ask at the same time, each waiting for its answer before it asks again. */
  readonly clients: number;
  /** Whether a client keeps its connection for the next request. */
  readonly keepAlive: boolean;
  /** A client waits for a random time up to this before each request. */
  readonly thinkMs: number;
  /** No answer for this long counts as hung. */
  readonly timeoutMs: number;
  readonly maxRequests: number;
  readonly maxMs: number;
}

/** Why a request failed. `reset`: the connection ended before the answer was complete. `own`: the generator's own trouble. */
export type FailureKind = 'refused' | 'reset' | 'hung' | 'status' | 'own';

export interface LoadResult {
  readonly requests: number;
  readonly failed: number;
  readonly failures: Readonly<Record<FailureKind, number>>;
  readonly seconds: number;
  /** Durations of the answered requests (measure/histogram.ts). */
  readonly latency: readonly number[];
  /** Times (ms since the epoch) and reasons of the first failures, for finding the cause. */
  readonly examples: readonly { readonly at: number; readonly kind: FailureKind; readonly detail: string }[];
}

const usual: LoadJob = {
  port: 0,
  path: '/',
  clients: 20,
  keepAlive: true,
  thinkMs: 0,
  timeoutMs: 10_000,
  maxRequests: 5_000_000,
  maxMs: 300_000,
};

/** The ways in which clients use a server. */
export const loads = {
  'keep-alive': usual,
  'new connection': { ...usual, keepAlive: false },
  // More clients where each asks seldom, so that there are requests enough for a 99th percentile.
  '500 ms handlers': { ...usual, path: '/slow', clients: 100 },
  'think 0-3 s': { ...usual, thinkMs: 3000, clients: 200 },
} satisfies Record<string, LoadJob>;

export type LoadKind = keyof typeof loads;
