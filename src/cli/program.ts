import { keyNamed } from '../config/keys.ts';
import { didYouMean } from '../config/nearest-word.ts';
import { VERSION } from '../shared/version.ts';
import { appOptions, pm2Options } from './app-options.ts';
import { withBareWatch } from './bare-watch.ts';
import { FIXED_OPTIONS } from './changing-flags.ts';
import type { Input, Session } from './command.ts';
import { formOf } from './command-form.ts';
import { type CommandEntry, commands } from './commands/index.ts';
import { findWord, namesOf } from './find-word.ts';
import { globalHelp } from './global-help.ts';
import { type Form, parseInput } from './parse-input.ts';
import { isDefinition } from './read-apps.ts';
import type { OpenSession } from './session.ts';
import { elsewhereOptions, globalOptions, NO_DAEMON } from './shared-options.ts';

/** Runs a command line. Resolves with the exit code. */
export async function runProgram(argv: readonly string[], openSession: OpenSession): Promise<number> {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const args = withBareWatch(argv.slice(0, end), process.cwd());
  const appArgs = end < argv.length ? argv.slice(end + 1) : null;
  const { word, others } = findWord(args, [...globalOptions, ...appOptions, ...pm2Options, ...elsewhereOptions]);
  const entry = entryOf(word);
  if (entry) return runCommand(entry, { args: others, appArgs, openSession });
  const explained = word === 'help' ? entryOf(others[0]) : undefined;
  if (explained) return runCommand(explained, { args: ['--help'], appArgs: null, openSession });
  const { out } = await openSession(argv, { silent: false });
  if (args.some((arg) => ['-v', '-V', '--version'].includes(arg))) {
    out.line(VERSION);
    return 0;
  }
  if (word === 'help' || args.includes('-h') || args.includes('--help')) {
    out.line(await globalHelp());
    return 0;
  }
  if (word !== undefined) out.usage(`[PM2][ERROR] Command not found: ${word}.${didYouMean(word, everyName())}`);
  out.usage('Usage: pm <command> [options]\nMore: pm --help');
  return 1;
}

const entryOf = (word: string | undefined): CommandEntry | undefined =>
  commands.find(({ names }) => word !== undefined && names.includes(word));

interface Rest {
  readonly args: readonly string[];
  readonly appArgs: readonly string[] | null;
  readonly openSession: OpenSession;
}

async function runCommand(entry: CommandEntry, { args, appArgs, openSession }: Rest): Promise<number> {
  const form = await formOf(entry);
  const { command } = form;
  const operands = command.takesAppArgs || appArgs === null ? args : [...args, '--', ...appArgs];
  const parsed = parseInput(form, operands, command.takesAppArgs ? appArgs : null);
  const silent = parsed.kind === 'input' && parsed.input.options.silent === true;
  const session = await openSession(args, { silent });
  if (parsed.kind === 'help') session.out.line(parsed.text.trimEnd());
  if (parsed.kind === 'mistake') session.out.usage(parsed.text.trimEnd());
  if (parsed.kind !== 'input') return parsed.kind === 'help' ? 0 : 1;
  warnOfIgnored(form, parsed.input, session);
  const run = (inSession: Session) => command.run(parsed.input, inSession);
  if (parsed.input.options.daemon !== false || !command.options?.includes(NO_DAEMON)) return run(session);
  const { runInForeground } = await import('./foreground.ts');
  return runInForeground(run, session);
}

/** PM2 accepts the options of apps on every command, so scripts have them in places where they mean nothing. */
function warnOfIgnored({ name, hiddenOptions, command }: Form, { operands, options }: Input, { out }: Session): void {
  if (command.declaresApps || operands.some(isDefinition)) return;
  const own = new Set(['force', ...[...(command.options ?? []), ...globalOptions].map(optionName)]);
  const ignored = hiddenOptions.filter((option) => {
    const key = optionName(option);
    const changes = command.changesApps && keyNamed(key) !== undefined && !FIXED_OPTIONS.includes(key);
    return options[key] !== undefined && !own.has(key) && !changes;
  });
  for (const option of ignored) out.aside(`${namesOf(option).at(-1)} has no effect on "pm ${name}"`);
}

/** `killTimeout` of `-k, --kill-timeout <ms>`: the name that commander gives the value. */
function optionName(option: { flags: string; help: string }): string {
  const long = namesOf(option).at(-1) ?? '';
  return long.replace(/^--(no-)?/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const everyName = (): string[] => commands.flatMap(({ names }) => names);
