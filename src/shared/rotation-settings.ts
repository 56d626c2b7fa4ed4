import { readFile } from 'node:fs/promises';
import { DEFAULT_LOG_ROTATION, type LogRotation } from './log-rotation.ts';

/** What holds for all apps of a home, where an app says nothing else. */
export interface RotationSettings {
  readonly rotation: LogRotation;
  /** Most that everything in PM_HOME/logs may take; the oldest of what was put away is deleted first. 0: no limit. */
  readonly maxHomeBytes: number;
}

/** The name of PM2's module, whose settings these are. */
export const ROTATION_GROUP = 'pm2-logrotate';

const GB = 1024 ** 3;

export const DEFAULT_ROTATION_SETTINGS: RotationSettings = { rotation: DEFAULT_LOG_ROTATION, maxHomeBytes: 5 * GB };

/**
 * Reads them from the settings file, where they stand under the name and keys of PM2's module: `max_size`, `retain`, `compress`, `rotateInterval`;
 * and `max_age`, `max_total`, `max_home` of ours. What is missing or makes no sense is as by default.
 */
export async function readRotationSettings(path: string): Promise<RotationSettings> {
  const given = section(await readFile(path, 'utf8').catch(() => ''));
  const { rotation, maxHomeBytes } = DEFAULT_ROTATION_SETTINGS;
  return {
    rotation: {
      maxSizeBytes: amount(given.max_size, SIZES) ?? rotation.maxSizeBytes,
      keep: given.retain === ALL ? Number.MAX_SAFE_INTEGER : (amount(given.retain, {}) ?? rotation.keep),
      maxAgeMs: amount(given.max_age, AGES) ?? rotation.maxAgeMs,
      maxTotalBytes: amount(given.max_total, SIZES) ?? rotation.maxTotalBytes,
      cron: typeof given.rotateInterval === 'string' ? given.rotateInterval : rotation.cron,
      compress: given.compress === undefined ? rotation.compress : String(given.compress) === 'true',
    },
    maxHomeBytes: amount(given.max_home, SIZES) ?? maxHomeBytes,
  };
}

const SIZES: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: GB };
const AGES: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const ALL = 'all';

const SIZE = 'a size such as 20M or 1G, or 0 for no limit';
const FORMS: Readonly<Record<string, { readonly units: Readonly<Record<string, number>>; readonly says: string }>> = {
  max_size: { units: SIZES, says: SIZE },
  max_total: { units: SIZES, says: SIZE },
  max_home: { units: SIZES, says: SIZE },
  max_age: { units: AGES, says: 'an age such as 12h or 30d, or 0 for no limit' },
  retain: { units: {}, says: `a whole number, or "${ALL}"` },
};

/** What a setting must be that a text is not; null: it may be that, or we do not know the key (PM2's module has more). */
export function rotationSettingMistake(key: string, text: string): string | null {
  if (key === 'compress') return /^(true|false)$/.test(text) ? null : '"true" or "false"';
  const form = FORMS[key];
  if (form === undefined || (key === 'retain' && text === ALL)) return null;
  return amount(text, form.units) === undefined ? form.says : null;
}

type Given = Readonly<Record<string, unknown>>;

function section(text: string): Given {
  try {
    const found: unknown = JSON.parse(text)[ROTATION_GROUP];
    return typeof found === 'object' && found !== null ? (found as Given) : {}; // an object has keys
  } catch {
    return {};
  }
}

/** `10M`, `30d`, `10`; undefined: none of these. */
function amount(value: unknown, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d{1,12})([a-z]*)$/i.exec(String(value ?? ''));
  if (!match) return undefined;
  const unit = match[2]?.toLowerCase() ?? '';
  const factor = unit === '' ? 1 : units[unit];
  return factor === undefined ? undefined : Number(match[1]) * factor;
}
