import type { CommandOption } from './command.ts';

/** How workers are named, for the help of every command that takes targets. */
export const TARGETS_HELP =
  'A target is a name, a namespace, namespace/name, an id, "all", or /regex/ on names; or an ecosystem file, for its apps.';

/** What options of apps do on a restart or reload by name. */
export const CHANGES_HELP =
  'Options of "pm start", as --max-memory-restart 300M, and arguments after -- change the apps that are named.';

export const ONLY: CommandOption = { flags: '--only <names>', help: 'Of an ecosystem file: these apps only (a,b).' };

export const ENV: CommandOption = { flags: '--env <name>', help: 'Of an ecosystem file: lay `env_<name>` over `env`.' };

export const UPDATE_ENV: CommandOption = {
  flags: '-a, --update-env',
  help: 'Lay the environment of this shell over that of the app.',
};

/** Order and form of the list, for the commands that show it. */
export const SORT: CommandOption = {
  flags: '--sort <field>',
  help: 'name, namespace, pid, id, cpu, memory, uptime or status; ":desc" turns it round.',
};

export const PARALLEL: CommandOption = {
  flags: '--parallel <n>',
  help: 'Workers that are restarted or reloaded at a time (restart: all of them; reload: 1).',
};

export const NO_DAEMON: CommandOption = {
  flags: '--no-daemon',
  help: 'Stay in the foreground: print what the apps print, and end them on SIGINT or SIGTERM.',
};

/** Options of some commands that PM2 accepts on every one, and does nothing with. */
export const elsewhereOptions: readonly CommandOption[] = [
  ONLY,
  ENV,
  UPDATE_ENV,
  SORT,
  NO_DAEMON,
  PARALLEL,
  ...[
    '-m, --mini-list',
    '-f, --force',
    '-w, --write',
    '--attach',
    '-u, --user <name>',
    '--hp <folder>',
    '--service-name <name>',
    '--wait-ip',
  ].map((flags) => ({ flags, help: 'Of another command.' })),
];

/** Options of every command. */
export const globalOptions: readonly CommandOption[] = [
  { flags: '-s, --silent', help: 'Print nothing but what machines read.' },
  { flags: '--no-color', help: 'No colors; the variable NO_COLOR does the same.' },
];
