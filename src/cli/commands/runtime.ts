import { join } from 'node:path';
import { specFromCommandLine } from '../../config/command-line.ts';
import { findDefaultEcosystemFile } from '../../config/ecosystem-files.ts';
import type { AppSpec } from '../../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { defineCommand, type Input, type Session, textOption } from '../command.ts';
import { isDefinition, readApps, readContext } from '../read-apps.ts';
import { giveUpFirstPlace } from '../runtime/give-up-first-place.ts';
import { formOf } from '../runtime/output-form.ts';
import { runApps } from '../runtime/run-apps.ts';
import { ENV, ONLY } from '../shared-options.ts';

export default defineCommand({
  summary: 'Run apps in the foreground, as the one program of a container',
  operands: '[target...]',
  operandsHelp:
    'A target is a script, a program in PATH, an ecosystem file, or "-" for one on stdin; without one, the ecosystem file of the\n' +
    'current folder. What follows -- goes to the script. The programs pm-runtime and pm-docker do the same.\n' +
    'Writes no log files unless they are named. Ends when no app runs any more, with the exit code of the first that failed.',
  options: [
    { flags: '--raw', help: 'Pass the output of the apps on byte for byte: so it is anyway.' },
    { flags: '--json', help: 'Each line as a JSON object, both streams on stdout.' },
    { flags: '--format', help: 'Each line as key=value, both streams on stdout.' },
    { flags: '--formatted', help: 'Each line after the id and name of its app, both streams on stdout.' },
    { flags: '--no-auto-exit', help: 'Go on when no app runs any more.' },
    { flags: '--delay <seconds>', help: 'Wait before the apps are started.' },
    ONLY,
    ENV,
    ...['--secret <key>', '--public <key>', '--machine-name <name>', '--web [port]'].map((flags) => ({
      flags,
      help: 'Of PM2: without effect.',
    })),
  ],
  declaresApps: true,
  takesAppArgs: true,
  example: ['pm runtime app.js -i max', 'the app on all CPUs of the container, its output on stdout and stderr'],
  run: async (input, session) => {
    giveUpFirstPlace();
    const { out } = session;
    const seconds = textOption(input.options, 'delay') ?? '0';
    if (!/^\d+(\.\d+)?$/.test(seconds) || Number(seconds) > 86_400) {
      const message = `--delay must be a number of seconds, a day at most; got "${seconds}"`;
      return out.problem(problem('usage/invalid', { message }));
    }
    const specs = await readTargets(input, session);
    if (!specs.ok) return out.problem(specs.problem);
    const options = { form: formOf(input.options), autoExit: input.options.autoExit !== false };
    return runApps(specs.value.map(withoutFiles), { ...options, delayMs: Number(seconds) * 1000 }, session);
  },
});

/** The apps of all targets. `pm-runtime start app.js` is how PM2's images call it. */
async function readTargets(input: Input, session: Session): Promise<Outcome<AppSpec[]>> {
  const named = input.operands[0] === 'start' ? input.operands.slice(1) : input.operands;
  const targets = named.length > 0 ? named : [findDefaultEcosystemFile(session.cwd)];
  const all: AppSpec[] = [];
  for (const target of targets) {
    if (target === undefined)
      return fail(problem('config/not-found', { path: join(session.cwd, 'ecosystem.config.js') }));
    const specs = await readTarget(target, input, session);
    if (!specs.ok) return specs;
    all.push(...specs.value);
  }
  return succeed(all);
}

async function readTarget(target: string, input: Input, session: Session): Promise<Outcome<AppSpec[]>> {
  if (isDefinition(target)) return readApps(target, input, session);
  const spec = await specFromCommandLine(target, input.appArgs ?? [], readContext(input, session));
  return spec.ok ? succeed([spec.value]) : spec;
}

/** Output that the container gets anyway, under the names that are used for it. */
const OWN_OUTPUT = /^\/(dev\/(stdout|stderr|fd\/[12])|proc\/(1|self)\/fd\/[12])$/;

function withoutFiles(spec: AppSpec): AppSpec {
  const file = (path: string | null) => (path === null || OWN_OUTPUT.test(path) ? '/dev/null' : path);
  const logFile = typeof spec.logFile === 'string' && OWN_OUTPUT.test(spec.logFile) ? null : spec.logFile;
  return { ...spec, outFile: file(spec.outFile), errorFile: file(spec.errorFile), logFile };
}
