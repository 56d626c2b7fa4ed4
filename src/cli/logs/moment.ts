const AGO = /^(\d+(?:\.\d+)?)\s*(s|m|h|d|w)$/;
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$/;
const DAY_MS = 86_400_000;
const MS_PER: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: DAY_MS, w: 604_800_000 };

/** What may be written for a moment, for messages. */
export const MOMENT_FORMS = 'such as "10m", "2h", "1d", "14:30", "2026-08-01" or "2026-08-01T14:30:00"';

/** A moment as a person writes it, ms since the epoch: how long ago, a time of today, or a date; null: none of these. */
export function readMoment(text: string, now: number): number | null {
  const ago = AGO.exec(text);
  if (ago) return now - Number(ago[1]) * (MS_PER[ago[2] ?? ''] ?? 0);
  const clock = CLOCK.exec(text);
  if (clock) return clockToday(clock, now);
  if (!DATE.test(text) && !DATE_TIME.test(text)) return null;
  const at = Date.parse(DATE.test(text) ? `${text}T00:00` : text.replace(' ', 'T'));
  return Number.isNaN(at) ? null : at;
}

function clockToday([, hours, minutes, seconds = '0']: RegExpExecArray, now: number): number | null {
  if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return new Date(now).setHours(Number(hours), Number(minutes), Number(seconds), 0);
}

/** Times of day of the past: at half past one in the night, "since 23:30" is yesterday, and so is an end of it that has not come yet. */
export function lastTimesOfDay(
  { since, until }: { since: number | null; until: number | null },
  now: number,
): { since: number | null; until: number | null } {
  if (since === null || since <= now || since - now > DAY_MS) return { since, until };
  const from = since - DAY_MS;
  return { since: from, until: until !== null && until > now && until - DAY_MS > from ? until - DAY_MS : until };
}
