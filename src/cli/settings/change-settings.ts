import { isRecord } from '../../shared/is-record.ts';
import { problem } from '../../shared/problems.ts';
import { ROTATION_GROUP, rotationSettingMistake } from '../../shared/rotation-settings.ts';
import { type SettingChange, type Settings, settingPath } from '../../shared/settings.ts';
import type { Session } from '../command.ts';
import { printFailures } from '../output/reports.ts';
import { settingVariables } from './setting-variables.ts';
import { settingsRows } from './settings-rows.ts';

/** Sets keys to values, and restarts the running apps that the keys are named after. Gives the exit code. */
export async function setSettings(pairs: readonly (readonly [string, string])[], session: Session): Promise<number> {
  const { ask, out } = session;
  const changes: SettingChange[] = [];
  for (const [key, value] of pairs) {
    const path = settingPath(key);
    if (!path) return out.problem(problem('settings/bad-key', { key }));
    const mistake = await mistakeIn(path, value);
    if (mistake !== null) {
      return out.problem(problem('usage/invalid', { message: `${key} must be ${mistake}; got "${value}".` }));
    }
    changes.push({ path, value });
  }
  const reply = await ask('settings.change', { changes });
  if (!reply.ok) return out.problem(reply.problem);
  const groups = [...new Set(changes.flatMap(({ path }) => (path.length > 1 ? path.slice(0, 1) : [])))];
  let exitCode = 0;
  for (const group of groups) exitCode ||= await restartWithSettings(group, reply.value, session);
  out.note('Setting changed');
  showSettings(reply.value, groups.length > 0 ? groups : undefined, session);
  return exitCode;
}

/** What a setting of the log files must be; null: the value will do. */
async function mistakeIn([group, key = '', ...deeper]: readonly string[], value: string): Promise<string | null> {
  if (group !== ROTATION_GROUP || deeper.length > 0) return null;
  if (key !== 'rotateInterval') return rotationSettingMistake(key, value);
  const { cronMistake } = await import('../../shared/cron-schedule.ts'); // loaded for this key alone
  const why = cronMistake(value);
  return why === undefined ? null : `a pattern of cron such as "0 0 * * *" (${why})`;
}

/** Prints some groups of settings, or all. */
export function showSettings(settings: Settings, groups: readonly string[] | undefined, { out }: Session): void {
  const shown = Object.entries(settings).filter(([group]) => groups?.includes(group) ?? true);
  for (const row of settingsRows(Object.fromEntries(shown))) out.line(row.startsWith('$') ? row : out.paint.bold(row));
}

async function restartWithSettings(name: string, settings: Settings, { ask, out }: Session): Promise<number> {
  const listed = await ask('app.list', { env: false });
  if (!listed.ok) return out.problem(listed.problem);
  const running = listed.value.filter(
    ({ spec, workers }) => spec.name === name && workers.some(({ status }) => status !== 'stopped'),
  );
  if (running.length === 0 || !isRecord(settings[name])) return 0;
  const env = settingVariables(name, settings);
  const reply = await ask('app.restart', { targets: running.map(({ spec }) => `${spec.namespace}/${name}`), env });
  if (!reply.ok) return out.problem(reply.problem);
  const exitCode = printFailures(out, reply.value);
  if (exitCode === 0) out.note(`Module ${name} restarted`);
  return exitCode;
}
