import type { Input, Session } from './command.ts';
import ping from './commands/ping.ts';
import { showList } from './output/show-list.ts';

type Run = (session: Session) => Promise<number>;

const inputOf = (...operands: readonly string[]): Input => ({ operands, options: {}, appArgs: null });

const list: Run = (session) => showList(session, { host: true });

const words: Readonly<Record<string, Run>> = {
  list,
  ls: list,
  l: list,
  ps: list,
  status: list,
  ping: (session) => ping.run(inputOf(), session),
  jlist: async (session) => (await import('./commands/jlist.ts')).default.run(inputOf(), session),
};

const acts = ['reload', 'restart', 'stop', 'delete', 'del'];

/**
 * The command that a plain word asks for, or a word and a target, if it is one that scripts run every few seconds, or while apps
 * serve: these need no parser, and no other command, which together take longer to load than they run.
 */
export function quickCommand(argv: readonly string[]): Run | undefined {
  const [word = '', target = '-'] = argv;
  if (argv.length === 1) return Object.hasOwn(words, word) ? words[word] : undefined;
  if (argv.length > 2 || target.startsWith('-') || !acts.includes(word)) return undefined;
  return async (session) => {
    const { quickActs } = await import('./quick-acts.ts');
    return quickActs[word]?.run(inputOf(target), session) ?? 1;
  };
}
