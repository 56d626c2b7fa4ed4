import { join } from 'node:path';
import { isRecord } from '../../shared/is-record.ts';
import { type Outcome, succeed } from '../../shared/outcome.ts';
import type { Paths } from '../../shared/paths.ts';
import type { SettingChange, Settings } from '../../shared/settings.ts';
import { readSettings } from '../settings/read-settings.ts';

/** A package that runs beside the apps of a home, as those made for PM2 do. */
export interface InstalledModule {
  readonly name: string;
  /** Its folder, with its package.json. */
  readonly folder: string;
  /** What the user asked to install: a name, a URL, a folder. */
  readonly from: string;
}

/** PM2's key for the list of modules among the settings. */
const LIST = 'module-db-v2';

/** Where the package of a module lies, with the packages that it needs beside it. */
export const installFolder = ({ modulesDir }: Pick<Paths, 'modulesDir'>, name: string): string =>
  join(modulesDir, name);

export const packageFolder = (installedIn: string, name: string): string => join(installedIn, 'node_modules', name);

/** The modules that are installed in a home. Fails when its settings cannot be read. */
export async function readModules(paths: Pick<Paths, 'settings' | 'modulesDir'>): Promise<Outcome<InstalledModule[]>> {
  const settings = await readSettings(paths.settings);
  return settings.ok ? succeed(modulesIn(settings.value, paths)) : settings;
}

/** The modules that the settings of a home list. One that PM2 has installed lies where ours do. */
export function modulesIn(settings: Settings, paths: Pick<Paths, 'modulesDir'>): InstalledModule[] {
  const listed = settings[LIST];
  if (!isRecord(listed)) return [];
  return Object.entries(listed).map(([name, entry]) => {
    const { folder, from } = isRecord(entry) ? entry : {};
    return {
      name,
      folder: typeof folder === 'string' ? folder : packageFolder(installFolder(paths, name), name),
      from: typeof from === 'string' ? from : name,
    };
  });
}

export const listModule = ({ name, folder, from }: InstalledModule): SettingChange[] => [
  { path: [LIST, name, 'from'], value: from },
  { path: [LIST, name, 'folder'], value: folder },
];

/** The module and its settings are forgotten. */
export const forgetModule = (name: string): SettingChange[] => [
  { path: [LIST, name], value: null },
  { path: [name], value: null },
];
