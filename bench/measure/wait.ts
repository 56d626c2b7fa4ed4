import { setTimeout as delay } from 'node:timers/promises';

/** Asks again every `everyMs` until `probe` gives something; throws after `ms`. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  { ms = 15_000, everyMs = 5 } = {},
): Promise<T> {
  const deadline = performance.now() + ms;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${ms} ms for ${what}.`);
    await delay(everyMs);
  }
}
