const AGO = /^(\d+(?:\.\d+)?)\s*(s|m|h|d|w)$/;
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const MS_PER: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** What may be written for a moment, for messages. */
export const MOMENT_FORMS = 'such as "10m", "2h", "1d", "14:30", "2026-08-01" or "2026-08-01T14:30:00"';

/** A moment as a person writes it, ms since the epoch: how long ago, a time of today, or a date; null: none of these. */
export function readMoment(text: string, now: number): number | null {
  const ago = AGO.exec(text);
  if (ago) return now - Number(ago[1]) * (MS_PER[ago[2] ?? ''] ?? 0);
  const clock = CLOCK.exec(text);
  if (clock) return new Date(now).setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0);
  const at = Date.parse(DATE.test(text) ? `${text}T00:00` : text.replace(' ', 'T'));
  return Number.isNaN(at) ? null : at;
}
