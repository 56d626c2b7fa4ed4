import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appKey } from '../../shared/app-spec.ts';
import { isRecord } from '../../shared/is-record.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import type { Session } from '../command.ts';
import { runTool } from '../run-tool.ts';
import { showSettings } from '../settings/change-settings.ts';
import { readSettings } from '../settings/read-settings.ts';
import {
  forgetModule,
  type InstalledModule,
  installFolder,
  listModule,
  packageFolder,
  readModules,
} from './installed-modules.ts';
import { deleteModule, launchModule } from './launch-modules.ts';
import { missingDefaults, readManifest } from './module-specs.ts';

/** More restarts than this while a new module is watched, and the former one comes back (PM2's number). */
const RESTARTS_ALLOWED = 2;

export interface InstallOptions {
  /** How long the new module is watched before it counts as installed; 0: not at all. */
  readonly watchMs: number;
}

/** Installs a module and starts it. What was installed before stays until that has worked. Gives the exit code. */
export async function installModule(typed: string, { watchMs }: InstallOptions, session: Session): Promise<number> {
  const { out, paths } = session;
  const place = isFolder(typed, session) ? await inPlace(typed, session) : await fetchPackage(typed, session);
  if (!place.ok) return out.problem(place.problem);
  const { module, keep, giveUp } = place.value;
  const modules = await readModules(paths);
  const former = modules.ok ? modules.value.find(({ name }) => name === module.name) : undefined;
  const exitCode = (await launch(module, session)) || (await watch(module, watchMs, session));
  if (exitCode !== 0) {
    await deleteModule(module, session);
    await giveUp();
    if (former) {
      await launch(former, session);
      out.note(`Module ${module.name} is as it was before.`);
    } else await session.ask('settings.change', { changes: forgetModule(module.name) });
    return exitCode;
  }
  await keep();
  out.note(`Module ${module.name} installed and launched`);
  const now = await readSettings(paths.settings);
  if (now.ok) showSettings(now.value, [module.name], session);
  return 0;
}

/** A module in its folder, and what is to be done when it has started, or has not. */
interface Placed {
  readonly module: InstalledModule;
  readonly keep: () => Promise<void>;
  readonly giveUp: () => Promise<void>;
}

const isFolder = (typed: string, { cwd }: Session): boolean => existsSync(join(pathOf(typed, cwd), 'package.json'));

const pathOf = (typed: string, cwd: string): string => resolve(cwd, typed.replace(/^~(?=\/|$)/, homedir()));

/** A folder of the user's is run where it is, with the packages that it needs. */
async function inPlace(typed: string, { cwd, out }: Session): Promise<Outcome<Placed>> {
  const folder = pathOf(typed, cwd);
  const manifest = await readManifest(folder);
  if (!manifest.ok) return manifest;
  const { name } = manifest.value;
  if (typeof name !== 'string' || name === '') {
    return fail(problem('config/malformed', { path: join(folder, 'package.json'), reason: 'it has no "name"' }));
  }
  if (isRecord(manifest.value.dependencies) && !existsSync(join(folder, 'node_modules'))) {
    out.note(`Installing what ${name} needs by npm`);
    const fetched = await runTool('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
    if (!fetched.ok) return fetched;
  }
  const nothing = async () => {};
  return succeed({ module: { name, folder, from: folder }, keep: nothing, giveUp: nothing });
}

/** Fetches a package by npm: by name, URL or file. It is put beside what is there, and takes its place when all of it has come. */
async function fetchPackage(typed: string, { cwd, out, paths }: Session): Promise<Outcome<Placed>> {
  const from = existsSync(resolve(cwd, typed)) ? resolve(cwd, typed) : typed;
  const fresh = join(paths.modulesDir, `.new-${process.pid}`);
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  out.note(`Installing module ${typed} by npm`);
  const args = ['install', from, '--prefix', fresh, '--no-audit', '--no-fund', '--loglevel=error'];
  const fetched = await runTool('npm', args, { cwd });
  const manifest = fetched.ok ? await readManifest(fresh) : fetched;
  const name = manifest.ok ? onlyDependency(manifest.value) : undefined;
  if (!manifest.ok || name === undefined) {
    await rm(fresh, { recursive: true, force: true });
    return manifest.ok
      ? fail(problem('usage/invalid', { message: `npm has installed no package for "${typed}".` }))
      : manifest;
  }
  const place = installFolder(paths, name);
  const former = join(paths.modulesDir, `.former-${process.pid}`);
  await mkdir(dirname(place), { recursive: true });
  const replaces = existsSync(place);
  if (replaces) await rename(place, former);
  await rename(fresh, place);
  return succeed({
    module: { name, folder: packageFolder(place, name), from },
    keep: () => rm(former, { recursive: true, force: true }),
    giveUp: async () => {
      await rm(place, { recursive: true, force: true });
      if (replaces) await rename(former, place);
    },
  });
}

function onlyDependency({ dependencies }: Readonly<Record<string, unknown>>): string | undefined {
  return isRecord(dependencies) ? Object.keys(dependencies)[0] : undefined;
}

/** Lists it among the settings, with those that it comes with, and starts it. Gives the exit code. */
async function launch(module: InstalledModule, session: Session): Promise<number> {
  const { ask, out, paths } = session;
  const manifest = await readManifest(module.folder);
  if (!manifest.ok) return out.problem(manifest.problem);
  const settings = await readSettings(paths.settings);
  if (!settings.ok) return out.problem(settings.problem);
  const changes = [...listModule(module), ...missingDefaults(module.name, manifest.value, settings.value)];
  const changed = await ask('settings.change', { changes });
  if (!changed.ok) return out.problem(changed.problem);
  return launchModule(module, changed.value, session);
}

/** Waits and looks whether it stays up. Gives the exit code. */
async function watch({ name }: InstalledModule, watchMs: number, { ask, out }: Session): Promise<number> {
  if (watchMs === 0) return 0;
  await delay(watchMs);
  const listed = await ask('app.list', { env: false });
  if (!listed.ok) return out.problem(listed.problem);
  const workers = listed.value.find(({ spec }) => appKey(spec) === `default/${name}`)?.workers ?? [];
  const restarts = Math.max(0, ...workers.map((worker) => worker.restarts));
  if (restarts <= RESTARTS_ALLOWED && workers.every(({ status }) => status === 'online')) return 0;
  const message = `Module "${name}" was restarted ${restarts} times in ${watchMs} ms.`;
  return out.problem(problem('usage/invalid', { message, hint: `"pm logs ${name}" shows what it says.` }));
}
