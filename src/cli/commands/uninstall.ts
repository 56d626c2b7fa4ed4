import { rm } from 'node:fs/promises';
import { didYouMean } from '../../config/nearest-word.ts';
import { problem } from '../../shared/problems.ts';
import { defineCommand, type Session } from '../command.ts';
import { forgetModule, type InstalledModule, installFolder, readModules } from '../modules/installed-modules.ts';
import { deleteModule } from '../modules/launch-modules.ts';
import { isRotation } from '../modules/standing-in.ts';
import { showList } from '../output/show-list.ts';

export default defineCommand({
  summary: 'Stop and remove a module',
  operands: '<module>',
  operandsHelp: '"all" stands for every module that is installed. Its settings are forgotten.',
  example: ['pm uninstall pm2-server-monit', 'it is stopped, and its folder is deleted'],
  run: async ({ operands: [name = ''] }, session) => {
    const { out, paths } = session;
    if (isRotation(name)) {
      out.note('Rotation of logs is built in. "pm set pm2-logrotate:max_size 0" turns that by size off.');
      return 0;
    }
    const modules = await readModules(paths);
    if (!modules.ok) return out.problem(modules.problem);
    const installed = modules.value;
    const meant = name === 'all' ? installed : installed.filter((module) => module.name === name);
    if (meant.length === 0) return out.problem(notInstalled(name, installed));
    for (const module of meant) if ((await remove(module, session)) !== 0) return 1;
    await showList(session);
    return 0;
  },
});

/** A folder of the user's is left as it is. */
async function remove(module: InstalledModule, session: Session): Promise<number> {
  const { ask, out, paths } = session;
  if ((await deleteModule(module, session)) !== 0) return 1;
  await rm(installFolder(paths, module.name), { recursive: true, force: true });
  const forgotten = await ask('settings.change', { changes: forgetModule(module.name) });
  if (!forgotten.ok) return out.problem(forgotten.problem);
  out.note(`Module ${module.name} removed`);
  return 0;
}

function notInstalled(name: string, installed: readonly InstalledModule[]) {
  const names = installed.map((module) => module.name);
  const message =
    name === 'all' ? 'No module is installed.' : `Module "${name}" is not installed.${didYouMean(name, names)}`;
  const hint = names.length > 0 ? `Installed: ${names.join(', ')}.` : '"pm install <module>" installs one.';
  return problem('usage/invalid', { message, hint });
}
