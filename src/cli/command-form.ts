import { appOptions, pm2Options } from './app-options.ts';
import type { Command } from './command.ts';
import type { CommandEntry } from './commands/index.ts';
import type { Form } from './parse-input.ts';
import { elsewhereOptions, globalOptions } from './shared-options.ts';

/** How a command is parsed, explained and completed. */
export async function formOf({ names: [name], load }: CommandEntry): Promise<Form> {
  const { default: command } = await load();
  const shown: Command = command.declaresApps
    ? { ...command, options: [...(command.options ?? []), ...appOptions] }
    : command;
  return {
    name,
    command: shown,
    globalOptions,
    hiddenOptions: [...(command.declaresApps ? [] : appOptions), ...pm2Options, ...elsewhereOptions],
  };
}
