import { appKey } from '../../shared/app-spec.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Session } from '../command.ts';
import { printFailures } from '../output/reports.ts';
import { readSettings } from '../settings/read-settings.ts';
import { type InstalledModule, modulesIn } from './installed-modules.ts';
import { moduleSpecs } from './module-specs.ts';
import { isRotation } from './standing-in.ts';

/** Starts the modules of the home for a new daemon. What fails is said, and nothing to the command that needed the daemon. */
export async function launchModules(session: Session): Promise<void> {
  const settings = await readSettings(session.paths.settings);
  if (!settings.ok) return;
  for (const module of modulesIn(settings.value, session.paths).filter(({ name }) => !isRotation(name)))
    await launchModule(module, settings.value, session);
}

/** Starts one, or starts it anew. Gives the exit code. */
export async function launchModule(module: InstalledModule, settings: Settings, session: Session): Promise<number> {
  const { ask, out } = session;
  const specs = await moduleSpecs(module, settings, session);
  if (!specs.ok) return out.problem(specs.problem);
  const reply = await ask('app.start', { specs: specs.value, existing: 'restart' });
  if (!reply.ok) return out.problem(reply.problem);
  return printFailures(out, reply.value);
}

/** Takes the apps of a module off the list. Gives the exit code. */
export async function deleteModule({ folder }: InstalledModule, { ask, out }: Session): Promise<number> {
  const listed = await ask('app.list', { env: false });
  if (!listed.ok) return out.problem(listed.problem);
  const targets = listed.value.flatMap(({ spec }) => (spec.module && spec.cwd === folder ? [appKey(spec)] : []));
  if (targets.length === 0) return 0;
  const reply = await ask('app.delete', { targets });
  if (!reply.ok) return out.problem(reply.problem);
  return printFailures(out, reply.value);
}
