import type { Input, Session } from './command.ts';
import ping from './commands/ping.ts';
import { showList } from './output/show-list.ts';

type Run = (session: Session) => Promise<number>;

const bare: Input = { operands: [], options: {}, appArgs: null };
const list: Run = (session) => showList(session, { host: true });

/** Commands that scripts run every few seconds: without arguments they need no parser, which takes longer to load than they run. */
const quickCommands: Readonly<Record<string, Run>> = {
  list,
  ls: list,
  l: list,
  ps: list,
  status: list,
  ping: (session) => ping.run(bare, session),
  jlist: async (session) => (await import('./commands/jlist.ts')).default.run(bare, session),
};

/** The command that a single plain word asks for, if it is one of those. */
export function quickCommand(argv: readonly string[]): Run | undefined {
  const [word = ''] = argv;
  return argv.length === 1 && Object.hasOwn(quickCommands, word) ? quickCommands[word] : undefined;
}
