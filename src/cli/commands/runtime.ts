import { problem } from '../../shared/problems.ts';
import { defineCommand, textOption } from '../command.ts';
import { giveUpFirstPlace } from '../runtime/give-up-first-place.ts';
import { formOf } from '../runtime/output-form.ts';
import { readTargets } from '../runtime/read-targets.ts';
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
    return runApps(specs.value, { ...options, delayMs: Number(seconds) * 1000 }, session);
  },
});
