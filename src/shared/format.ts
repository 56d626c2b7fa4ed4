const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** Units of an uptime, largest first; a month is 30 days, a year 365. */
const UPTIME_UNITS = [
  ['Y', 365 * DAY_S],
  ['M', 30 * DAY_S],
  ['D', DAY_S],
  ['h', HOUR_S],
  ['m', MINUTE_S],
] as const;

/** An uptime as lists show it, PM2's way: whole numbers in the largest unit that gives more than 1 (`119s`, `2m`, `47h`). */
export function formatUptime(uptimeMs: number): string {
  const seconds = Math.max(0, Math.floor(uptimeMs / 1000));
  for (const [unit, size] of UPTIME_UNITS) {
    const count = Math.floor(seconds / size);
    if (count > 1) return `${count}${unit}`;
  }
  return `${seconds}s`;
}

const MEMORY_UNITS = ['b', 'kb', 'mb', 'gb', 'tb'] as const;

/** An amount of memory as lists show it: 1024-based with one decimal (`50.3mb`). */
export function formatMemory(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < MEMORY_UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${Number(amount.toFixed(1))}${MEMORY_UNITS[unit]}`;
}

/** A whole number with a comma between thousands: `41,203`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 worker`, `2 workers`. */
export const plural = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
