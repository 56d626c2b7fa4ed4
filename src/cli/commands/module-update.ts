import { defineCommand } from '../command.ts';
import { installModule } from '../modules/install-module.ts';
import { readModules } from '../modules/installed-modules.ts';
import { showList } from '../output/show-list.ts';

export default defineCommand({
  summary: 'Install a module anew, from where it came',
  operands: '<module>',
  operandsHelp: 'Its settings stay. One that is not installed yet is looked up by name.',
  example: ['pm module:update pm2-server-monit', 'the newest version takes the place of the one that runs'],
  run: async ({ operands: [name = ''] }, session) => {
    const modules = await readModules(session.paths);
    if (!modules.ok) return session.out.problem(modules.problem);
    const installed = modules.value.find((module) => module.name === name);
    const exitCode = await installModule(installed?.from ?? name, { watchMs: 0 }, session);
    if (exitCode === 0) await showList(session);
    return exitCode;
  },
});
