import { homedir } from 'node:os';
import { problem } from '../../shared/problems.ts';
import { defineCommand, type Session } from '../command.ts';
import { appNames } from '../completion/app-names.ts';
import { complete } from '../completion/complete.ts';
import { SHELL_SCRIPT, withoutScript, withScript } from '../completion/shell-script.ts';
import { editFile, startFileOf } from '../completion/start-file.ts';

export default defineCommand({
  summary: 'Complete commands, options and names of apps at a Tab, in bash and zsh',
  operands: '[action]',
  operandsHelp:
    '"install" puts it into the start file of your shell, "uninstall" takes it out. Without one it is printed.',
  words: ['install', 'uninstall'],
  takesAppArgs: true,
  example: ['pm completion install', 'works in each shell that is opened from then on'],
  run: async ({ operands: [action], appArgs }, session) => {
    const { env, out, paths } = session;
    if (appArgs) {
      const line = { words: appArgs, at: Number(env.COMP_CWORD ?? appArgs.length - 1) };
      const found = await complete(line, () => appNames(paths.daemonSocket));
      out.data(found.map((word) => `${escapeWord(word)}\n`).join(''));
      return 0;
    }
    if (action === 'install') return edit(withScript, session);
    if (action === 'uninstall') return edit(withoutScript, session);
    out.data(SHELL_SCRIPT);
    return 0;
  },
});

/** As it may stand on a command line. */
const escapeWord = (word: string): string => word.replace(/[^\w@%+=:,./-]/gu, '\\$&');

async function edit(change: (text: string) => string, { env, out }: Session): Promise<number> {
  const file = startFileOf(env, env.HOME || homedir());
  if (!file) {
    const message = `Only bash and zsh can be completed, and the shell is ${env.SHELL || 'not known'}.`;
    return out.problem(problem('usage/invalid', { message, hint: 'The variable SHELL says which one it is.' }));
  }
  try {
    const changed = await editFile(file, change);
    out.note(changed ? `${file} changed; open a new shell to use it` : `Nothing to change in ${file}`);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return out.problem(problem('usage/invalid', { message: `${file} cannot be changed: ${reason}.` }));
  }
}
