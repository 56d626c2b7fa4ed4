import type { AppSpec } from '../shared/app-spec.ts';

/** The part of an AppSpec that decides what follows an exit. */
export type RestartPolicy = Pick<
  AppSpec,
  'autorestart' | 'stopExitCodes' | 'maxRestarts' | 'minUptimeMs' | 'restartDelayMs' | 'expBackoffRestartDelayMs'
>;

/** An exit nobody asked for, as the policy sees it. */
export interface Exit {
  readonly code: number | null;
  readonly uptimeMs: number;
  /** It was killed because it did not become ready in time: bad, however long it lived. */
  readonly neverReady: boolean;
  /** Why it could not be spawned. */
  readonly spawnError?: string;
}

/** What is remembered from one exit to the next. */
export interface CrashHistory {
  /** Exits before `minUptimeMs`, one after the other. */
  readonly unstable: number;
  /** Delay of the last exponential backoff; 0: none. */
  readonly backoffMs: number;
}

export type Verdict =
  | { readonly verdict: 'rest'; readonly history: CrashHistory }
  | { readonly verdict: 'give-up'; readonly history: CrashHistory }
  | { readonly verdict: 'restart'; readonly delayMs: number; readonly history: CrashHistory };

export const NO_CRASHES: CrashHistory = { unstable: 0, backoffMs: 0 };

/** What the system is short of it may soon have again (spawn(2) of Node: fork, pipe2); it is no fault of the app. */
const SHORTAGE = /\b(EMFILE|ENFILE|EAGAIN|ENOMEM)\b/;
const SHORTAGE_RETRY_MS = 1000;

const BACKOFF_FACTOR = 1.5;
const MAX_BACKOFF_MS = 15_000;
/** A run this long ends a series of backoffs. */
const BACKOFF_RESET_UPTIME_MS = 30_000;

/**
 * Decides what follows an exit that nobody asked for. The count of bad exits is a run without a good one between, not a
 * window of time, so neither a restart delay nor the age of the app can make a crash loop endless.
 */
export function judge(exit: Exit, history: CrashHistory, policy: RestartPolicy): Verdict {
  if (policy.autorestart && SHORTAGE.test(exit.spawnError ?? '')) {
    return { verdict: 'restart', delayMs: Math.max(SHORTAGE_RETRY_MS, policy.restartDelayMs), history };
  }
  const bad = exit.neverReady || exit.uptimeMs < policy.minUptimeMs;
  const unstable = bad ? history.unstable + 1 : 0;
  if (!policy.autorestart || (exit.code !== null && policy.stopExitCodes.includes(exit.code))) {
    return { verdict: 'rest', history: { unstable, backoffMs: 0 } };
  }
  if (bad && unstable >= policy.maxRestarts) return { verdict: 'give-up', history: NO_CRASHES };
  const backoffMs = nextBackoff(exit.uptimeMs, history.backoffMs, policy.expBackoffRestartDelayMs);
  return { verdict: 'restart', delayMs: backoffMs || policy.restartDelayMs, history: { unstable, backoffMs } };
}

function nextBackoff(uptimeMs: number, lastMs: number, firstMs: number): number {
  if (firstMs <= 0) return 0;
  if (lastMs === 0 || uptimeMs > BACKOFF_RESET_UPTIME_MS) return firstMs;
  return Math.min(Math.floor(lastMs * BACKOFF_FACTOR), Math.max(MAX_BACKOFF_MS, firstMs));
}
