import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/**
 * Waits until `probe` gives something other than undefined or false, and returns it. After `ms` (10 s) it throws with the evidence.
 * A probe that throws has not found anything yet; its last error becomes the cause.
 */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  { ms = 10_000, evidence = () => '' }: { ms?: number; evidence?: () => string | Promise<string> } = {},
): Promise<T> {
  const timedOut = new Error(`Waited ${ms} ms for ${what}.`); // made now: its stack names the test's line
  for (const deadline = performance.now() + ms; performance.now() < deadline; await delay(POLL_MS)) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
      delete timedOut.cause;
    } catch (error) {
      timedOut.cause = error;
    }
  }
  timedOut.message += `\n${await evidence()}`;
  throw timedOut;
}

/** Watches for `ms` that `probe` stays true, for what must never happen: there is no event to wait for. */
export async function staysTrue(what: string, ms: number, probe: () => boolean | Promise<boolean>): Promise<void> {
  const broken = new Error(`It did not stay so for ${ms} ms that ${what}.`);
  for (const deadline = performance.now() + ms; performance.now() < deadline; await delay(POLL_MS)) {
    if (!(await probe())) throw broken;
  }
}
