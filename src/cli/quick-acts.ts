import type { Command } from './command.ts';
import del from './commands/delete.ts';
import reload from './commands/reload.ts';
import restart from './commands/restart.ts';
import stop from './commands/stop.ts';

/** Commands that are given one target, by what is typed. A bundle of their own: an eighth of all commands is loaded sooner. */
export const quickActs: Readonly<Record<string, Command>> = { reload, restart, stop, delete: del, del };
