import type { ParsedApp } from './app-values.ts';
import type { Finding } from './findings.ts';
import type { Kind } from './kinds.ts';

/** A pattern of cron, or null where the schedule is switched off. Whether cron understands it is for `checkCron` to say. */
export const cronPattern: Kind<string | null> = {
  expects: `a pattern of cron such as '0 3 * * *', or 0 for none`,
  parse(value) {
    if (value === null || value === 0 || value === '0' || value === false || value === '') return { value: null };
    return typeof value === 'string' ? { value: value.trim() } : { rule: cronPattern.expects };
  },
};

/** Notes each schedule that cron does not understand. Cron is loaded only by those who have one. */
export async function checkCron({ values, placeOf }: ParsedApp, found: Finding[]): Promise<void> {
  for (const key of ['cron_restart', 'log_rotate'] as const) {
    const pattern = values[key];
    if (!pattern) continue;
    const { cronMistake } = await import('../shared/cron-schedule.ts');
    const mistake = cronMistake(pattern);
    if (mistake) found.push({ at: placeOf(key), says: `must be ${cronPattern.expects}; ${mistake}` });
  }
}
