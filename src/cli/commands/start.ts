import { extname, join } from 'node:path';
import { specFromCommandLine } from '../../config/command-line.ts';
import { findDefaultEcosystemFile } from '../../config/ecosystem-files.ts';
import { plural } from '../../shared/format.ts';
import { problem } from '../../shared/problems.ts';
import { applyDefinition } from '../apply-definitions.ts';
import { defineCommand, type Input, type Session } from '../command.ts';
import type { Done } from '../declare-apps.ts';
import { findNamed, type NamedWorkers } from '../named-workers.ts';
import { printFailures } from '../output/reports.ts';
import { showList } from '../output/show-list.ts';
import { isDefinition, readContext } from '../read-apps.ts';
import { restartNamed } from '../restart-named.ts';
import { ENV, NO_DAEMON, ONLY, PARALLEL, UPDATE_ENV } from '../shared-options.ts';
import { startAnother } from '../start-another.ts';

export default defineCommand({
  summary: 'Start a script, the apps of an ecosystem file, or apps of the list that are stopped',
  operands: '[target...]',
  operandsHelp:
    'A target is a script, a program in PATH, an ecosystem file, "-" for one on stdin, or what names apps of the list.\n' +
    'Without one, the ecosystem file of the current folder is taken. What follows -- goes to the script.',
  options: [
    {
      flags: '-f, --force',
      help: 'When it runs already: start as many workers again beside it, or if it is declared otherwise now, restart it so.',
    },
    ONLY,
    ENV,
    UPDATE_ENV,
    PARALLEL,
    NO_DAEMON,
  ],
  declaresApps: true,
  takesAppArgs: true,
  example: ['pm start app.js -i max --name api -- --port 8080', 'one worker per CPU, behind one port'],
  run: async (input, session) => {
    const operands = input.operands.length > 0 ? input.operands : [findDefaultEcosystemFile(session.cwd)];
    let acted = false;
    let exitCode = 0;
    for (const operand of operands) {
      if (operand === undefined) return session.out.problem(noDefinition(session.cwd));
      const done = await start(operand, input, session);
      acted ||= done.acted;
      exitCode = done.exitCode;
      if (exitCode !== 0) break;
    }
    if (acted) await showList(session);
    return exitCode;
  },
});

const noDefinition = (cwd: string) => problem('config/not-found', { path: join(cwd, 'ecosystem.config.js') });

async function start(operand: string, input: Input, session: Session): Promise<Done> {
  if (isDefinition(operand)) return applyDefinition(operand, input, session, 'restart');
  const known = await findKnown(operand, input, session);
  if (!known) return startScript(operand, input, session);
  const done = await restartNamed([known], input, session, 'start');
  if (done.exitCode === 0) session.out.note('Process successfully started');
  return done;
}

/** Apps of the list, when the operand may name some: a path or an extension makes it a script, as a name of its own does. */
async function findKnown(operand: string, input: Input, session: Session): Promise<NamedWorkers | undefined> {
  if (operand.includes('/') || extname(operand) !== '' || input.options.name !== undefined) return undefined;
  const named = await findNamed(session, [operand]);
  return named.ok ? named.value.find(({ pmIds }) => pmIds.length > 0) : undefined; // the next request says why not
}

async function startScript(script: string, input: Input, session: Session): Promise<Done> {
  const { ask, out } = session;
  const spec = await specFromCommandLine(script, input.appArgs ?? [], readContext(input, session));
  if (!spec.ok) return { exitCode: out.problem(spec.problem), acted: false };
  const { execMode, instances } = spec.value;
  out.note(`Starting ${spec.value.script} in ${execMode}_mode (${plural(instances, 'instance')})`);
  const existing = input.options.force ? 'restart' : 'refuse';
  if (input.options.force) {
    const another = await startAnother(spec.value, session);
    if (another) return another;
  }
  const reply = await ask('app.start', { specs: [spec.value], existing });
  if (!reply.ok) return { exitCode: out.problem(reply.problem), acted: false };
  const exitCode = printFailures(out, reply.value);
  if (exitCode === 0) out.note('Done.');
  return { exitCode, acted: reply.value.reports.length > 0 };
}
