import { defineCommand, type Input, type Session } from '../command.ts';
import { platformNames } from '../startup/init-systems.ts';
import { install, thisMachine } from '../startup/install.ts';
import { asRoot, type Requested, requestedService, SERVICE_OPTIONS } from '../startup/requested-service.ts';

export default defineCommand({
  summary: 'Have the machine bring the saved apps back at boot',
  operands: '[platform]',
  operandsHelp: 'The init system is found by itself. As another user than root it prints the command to run as root.',
  words: platformNames,
  options: [
    ...SERVICE_OPTIONS,
    { flags: '--wait-ip', help: 'Wait until the network is up.' },
    { flags: '--print', help: 'Show the unit or script, and install nothing.' },
  ],
  example: ['pm startup && pm save', 'what runs now runs again after a reboot'],
  run: async (input, session) => {
    const { out } = session;
    const requested = requestedService(input, session);
    if (!requested.ok) return out.problem(requested.problem);
    const { system, service } = requested.value;
    if (input.options.print === true) {
      out.data(system.text(service));
      return 0;
    }
    out.note(`Init System found: ${system.names[0]}`);
    if (process.getuid?.() !== 0) return printCommand(requested.value, input, session);
    return installHere(requested.value, session);
  },
});

function printCommand(requested: Requested, input: Input, session: Session): number {
  session.out.note('To setup the Startup Script, copy/paste the following command:');
  session.out.line(asRoot('startup', requested, input, session));
  return 1;
}

async function installHere({ system, service, frozen }: Requested, { out }: Session): Promise<number> {
  if (frozen !== undefined) {
    out.warn(`The service depends on ${frozen}: run "pm startup" again when that is replaced by another version`);
  }
  const failed = await install(system, service, { machine: thisMachine, out });
  if (failed) return out.problem(failed);
  out.line('+---------------------------------------+');
  out.note('Freeze a process list on reboot via:');
  out.line('$ pm save\n');
  out.note('Remove init script via:');
  out.line(`$ pm unstartup ${system.names[0]}`);
  return 0;
}
