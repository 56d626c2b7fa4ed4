import type { Command } from './command.ts';
import del from './commands/delete.ts';
import reload from './commands/reload.ts';
import restart from './commands/restart.ts';
import stop from './commands/stop.ts';

/** Commands that are given one target, by what is typed. A bundle of their own, a quarter of that with all commands. */
export const quickActs: Readonly<Record<string, Command>> = { reload, restart, stop, delete: del, del };
