/** Deaths longer ago than this do not count against a master any more. */
const WINDOW_MS = 60_000;

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 15_000;

/** How long to wait before a dead master is replaced: not at all the first time, longer each time it dies again soon after. */
export function healDelayMs(deathsAt: readonly number[], now: number): number {
  const recent = deathsAt.filter((at) => now - at < WINDOW_MS).length;
  return recent <= 1 ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (recent - 2), LONGEST_DELAY_MS);
}
