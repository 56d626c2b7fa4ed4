import { existsSync } from 'node:fs';
import { defineCommand } from '../command.ts';
import { platformNames } from '../startup/init-systems.ts';
import { thisMachine, uninstall } from '../startup/install.ts';
import { asRoot, requestedService, SERVICE_OPTIONS } from '../startup/requested-service.ts';

export default defineCommand({
  summary: 'Take back what "pm startup" installed',
  operands: '[platform]',
  operandsHelp: 'As another user than root it prints the command to run as root. What runs goes on.',
  words: platformNames,
  options: SERVICE_OPTIONS,
  example: ['pm unstartup', 'nothing is started at the next boot'],
  run: async (input, session) => {
    const { out } = session;
    const requested = requestedService(input, session);
    if (!requested.ok) return out.problem(requested.problem);
    const { system, service } = requested.value;
    out.note(`Init System found: ${system.names[0]}`);
    if (process.getuid?.() !== 0) {
      out.note('To unsetup the Startup Script, copy/paste the following command:');
      out.line(asRoot('unstartup', requested.value, input, session));
      return 1;
    }
    if (!existsSync(system.file(service))) {
      out.warn(`There is no ${system.file(service)}: nothing to take back`);
      return 0;
    }
    const failed = await uninstall(system, service, { machine: thisMachine, out });
    if (failed) return out.problem(failed);
    out.note('Init file disabled.');
    return 0;
  },
});
