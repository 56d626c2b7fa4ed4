import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppSpec } from '../../shared/app-spec.ts';
import { isRecord } from '../../shared/is-record.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { type SettingChange, type Settings, settingText } from '../../shared/settings.ts';
import type { Session } from '../command.ts';
import { shellEnv } from '../read-apps.ts';
import { settingVariables } from '../settings/setting-variables.ts';
import type { InstalledModule } from './installed-modules.ts';

type Manifest = Readonly<Record<string, unknown>>;

/** The package.json of a module. Fails when the folder has none that can be read. */
export async function readManifest(folder: string): Promise<Outcome<Manifest>> {
  const path = join(folder, 'package.json');
  try {
    const read: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isRecord(read)) return succeed(read);
    return fail(problem('config/malformed', { path, reason: 'it holds no object' }));
  } catch (error) {
    return fail(problem('config/malformed', { path, reason: error instanceof Error ? error.message : String(error) }));
  }
}

/** The settings that a module comes with (`config` of its package.json) and that the user has not made. */
export function missingDefaults(name: string, { config }: Manifest, settings: Settings): SettingChange[] {
  const made = settings[name];
  return Object.entries(isRecord(config) ? config : {})
    .filter(([key]) => !(isRecord(made) && Object.hasOwn(made, key)))
    .map(([key, value]) => ({ path: [name, key], value: settingText(value) }));
}

/** The apps of a module: `apps` or `pm2` of its package.json, or else its first program, or its main file. */
export async function moduleSpecs(
  { name, folder, from }: InstalledModule,
  settings: Settings,
  { env, paths, out }: Pick<Session, 'env' | 'paths' | 'out'>,
): Promise<Outcome<AppSpec[]>> {
  const manifest = await readManifest(folder);
  if (!manifest.ok) return manifest;
  const variables = { ...settingVariables(name, settings), PM2_HOME: paths.home };
  const isInPlace = from === folder; // somebody works on it
  const apps = declaredApps(manifest.value).map((app, index) => ({
    watch: isInPlace,
    ...app,
    name: index === 0 ? name : (app.name ?? `${name}-${index + 1}`),
    namespace: 'default',
    cwd: folder,
    env: { ...(isRecord(app.env) ? app.env : {}), ...variables },
  }));
  const { readDefinition } = await import('../../config/ecosystem.ts'); // with its parsers, larger than all else
  const context = { cwd: folder, shellEnv: shellEnv(env), flags: {}, warn: (text: string) => out.warn(text) };
  const specs = await readDefinition(JSON.stringify({ apps }), context, join(folder, 'package.json'));
  return specs.ok ? succeed(specs.value.map((spec) => ({ ...spec, module: true }))) : specs;
}

function declaredApps({ apps, pm2, bin, main }: Manifest): Manifest[] {
  const declared = apps ?? pm2;
  if (declared !== undefined) return (Array.isArray(declared) ? declared : [declared]).filter(isRecord);
  const programs = isRecord(bin) ? Object.values(bin) : [bin];
  return [{ script: programs[0] ?? main ?? 'index.js' }];
}
