import type { Command } from './command.ts';
import jlist from './commands/jlist.ts';
import list from './commands/list.ts';
import ping from './commands/ping.ts';

/** Commands that scripts run every few seconds: without arguments they need no parser, which takes longer to load than they run. */
const quickCommands: Readonly<Record<string, Command>> = {
  list,
  ls: list,
  l: list,
  ps: list,
  status: list,
  jlist,
  ping,
};

/** The command that a single plain word asks for, if it is one of those. */
export function quickCommand(argv: readonly string[]): Command | undefined {
  const [word = ''] = argv;
  return argv.length === 1 && Object.hasOwn(quickCommands, word) ? quickCommands[word] : undefined;
}
