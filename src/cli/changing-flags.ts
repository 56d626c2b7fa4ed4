import type { Input } from './command.ts';
import { appFlags } from './read-apps.ts';

/** Options of apps that a restart or reload by name does not take as changes: they say which app it is, or have a command of their own. */
export const FIXED_OPTIONS: readonly string[] = ['name', 'namespace', 'instances', 'executeCommand', 'force'];

/** Those that it takes in a way of its own. */
const OWN_WAY: readonly string[] = ['watch', 'cron', 'cronRestart'];

/** The options of a restart or reload by name that change the declaration of an app. */
export function changingFlags({ options, appArgs }: Input): Record<string, unknown> {
  const given = Object.entries(appFlags(options)).filter(([name]) => ![...FIXED_OPTIONS, ...OWN_WAY].includes(name));
  return { ...Object.fromEntries(given), ...(appArgs === null ? {} : { args: appArgs }) };
}

/** Those by which a restart makes it another app. */
export const identityFlags = ({ options: { name, namespace } }: Input): Record<string, unknown> => ({
  ...(name === undefined ? {} : { name }),
  ...(namespace === undefined ? {} : { namespace }),
});
