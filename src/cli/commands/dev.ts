import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { AppSpec } from '../../shared/app-spec.ts';
import { type Paths, pathsOf } from '../../shared/paths.ts';
import { defineCommand, type Options, textOption } from '../command.ts';
import type { LineForm } from '../logs/line-print.ts';
import { giveUpFirstPlace } from '../runtime/give-up-first-place.ts';
import { readTargets } from '../runtime/read-targets.ts';
import { runApps } from '../runtime/run-apps.ts';
import { ENV, ONLY } from '../shared-options.ts';

/** So that an app that cannot start does not fill the screen. */
const RESTART_DELAY_MS = 1000;

export default defineCommand({
  summary: 'Run apps in the foreground while you work on them: a change of a file restarts them',
  operands: '[target...]',
  operandsHelp:
    'A target is a script, a program in PATH, an ecosystem file, or "-" for one on stdin; without one, the ecosystem file of the\n' +
    'current folder. What follows -- goes to the script. The program pm-dev does the same. Ctrl-C ends all of it and leaves nothing;\n' +
    'apps that you have started otherwise are in another list.',
  options: [
    { flags: '--ignore <paths>', help: 'What does not count as a change, besides `ignore_watch` (a,b).' },
    { flags: '--raw', help: 'The output of the apps alone, byte for byte.' },
    { flags: '--timestamp [format]', help: 'Put the time before each line (YYYY-MM-DD-HH:mm:ss).' },
    { flags: '--post-exec <command>', help: 'Run a command of the shell after each restart that a change brings.' },
    { flags: '--silent-exec', help: 'Do not show what that command prints.' },
    { flags: '--auto-exit', help: 'End when no app runs any more.' },
    { flags: '--test-mode', help: 'Of PM2: without effect.' },
    ONLY,
    ENV,
  ],
  declaresApps: true,
  takesAppArgs: true,
  example: ['pm dev app.js --ignore "public/,*.test.js"', 'runs it, and again after each change'],
  run: async (input, session) => {
    giveUpFirstPlace();
    const { options } = input;
    const { cwd, out } = session;
    const specs = await readTargets(input, session);
    if (!specs.ok) return out.problem(specs.problem);
    const ignore = textOption(options, 'ignore')?.split(',').filter(Boolean) ?? [];
    const command = textOption(options, 'postExec');
    const paths = homeFor(session.paths, specs.value);
    out.progress('A change of a file restarts what runs; Ctrl-C ends it');
    return runApps(
      specs.value.map((spec) => watched(spec, ignore)),
      {
        form: formOf(options),
        autoExit: options.autoExit === true,
        delayMs: 0,
        removesHome: true,
        ...(command === undefined ? {} : { onRenewal: () => runShell(command, cwd, options.silentExec === true) }),
      },
      { paths, out },
    );
  },
});

/** A home for these apps alone: the same when they are run again, so that what a killed run left is found and ended. */
function homeFor({ home }: Paths, specs: readonly AppSpec[]): Paths {
  const scripts = specs.map(({ cwd, script, name }) => [cwd, script, name]);
  const hash = createHash('sha256').update(JSON.stringify(scripts)).digest('hex').slice(0, 8);
  return pathsOf({ PM_HOME: join(home, 'dev', hash) });
}

function formOf({ raw, timestamp }: Options): LineForm {
  if (raw === true) return { kind: 'raw' };
  const format = timestamp === true ? 'YYYY-MM-DD-HH:mm:ss' : typeof timestamp === 'string' ? timestamp : null;
  return { kind: 'labelled', timestamp: format, highlight: null };
}

const watched = (spec: AppSpec, ignore: readonly string[]): AppSpec => ({
  ...spec,
  watch: { ...spec.watch, on: true, ignore: [...spec.watch.ignore, ...ignore] },
  restartDelayMs: spec.restartDelayMs || RESTART_DELAY_MS,
});

function runShell(command: string, cwd: string, silent: boolean): void {
  const shell = spawn(command, { cwd, shell: true, stdio: silent ? 'ignore' : ['ignore', 'inherit', 'inherit'] });
  shell.on('error', () => {}); // a machine without a shell runs no commands
}
