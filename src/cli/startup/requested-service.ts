import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { quoteWord } from '../../config/shell-words.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { type Paths, pathsOf } from '../../shared/paths.ts';
import { problem } from '../../shared/problems.ts';
import { type CommandOption, type Input, type Session, textOption } from '../command.ts';
import type { BootService, InitSystem } from './boot-service.ts';
import { chooseInitSystem } from './init-systems.ts';
import { stableCommand } from './stable-command.ts';

/** Options of `startup` and `unstartup`. */
export const SERVICE_OPTIONS: readonly CommandOption[] = [
  { flags: '-u, --user <name>', help: 'Whose apps (yours).' },
  { flags: '--hp <folder>', help: 'Home folder of that user.' },
  { flags: '--service-name <name>', help: 'Name of the service (pm-<user>).' },
];

/** What a command of this kind is about. */
export interface Requested {
  readonly system: InitSystem;
  readonly service: BootService;
  /** The folder of one version that the service depends on, if it does. */
  readonly frozen?: string;
}

/** The service that the options ask for, on the init system that was named or is there. */
export function requestedService({ operands: [platform], options }: Input, session: Session): Outcome<Requested> {
  const { env } = session;
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const system = chooseInitSystem(platform, (name) => folders.some((folder) => existsSync(join(folder, name))));
  if (!system.ok) return system;
  const user = textOption(options, 'user') ?? userInfo().username;
  const name = textOption(options, 'serviceName') ?? system.value.defaultName(user);
  const unusable = [user, name].find((word) => !isPlainName(word));
  if (unusable !== undefined) {
    return fail(problem('usage/invalid', { message: `"${unusable}" cannot be the name of a user or a service.` }));
  }
  const { frozen, ...command } = stableCommand({
    script: resolve(process.argv[1] ?? ''),
    node: process.execPath,
    path: env.PATH ?? '',
    exists: existsSync,
  });
  const service = {
    name,
    user,
    paths: pathsFor(user, textOption(options, 'hp'), session),
    ...command,
    waitForNetwork: options.waitIp === true,
  };
  return succeed({ system: system.value, service, ...(frozen === undefined ? {} : { frozen }) });
}

/** The command that does the same as root, for a person to paste. */
export function asRoot(command: string, { system, service }: Requested, { options }: Input, session: Session): string {
  const given = ['serviceName', 'hp'].flatMap((name) => {
    const value = textOption(options, name);
    return value === undefined ? [] : [name === 'hp' ? '--hp' : '--service-name', value];
  });
  const home = given.includes('--hp') ? [] : ['--hp', homeFolderOf(service.user)];
  const network = options.waitIp === true ? ['--wait-ip'] : [];
  return rootCommand(
    [command, system.names[0], '-u', service.user, ...given, ...home, ...network],
    service.paths,
    session,
  );
}

/** These words of a command of ours, as root, about the same home. */
export function rootCommand(words: readonly string[], { variables }: Paths, session: Session): string {
  const home = isChosen(session) ? Object.entries(variables).map(([name, value]) => `${name}=${value}`) : [];
  const path = `PATH=${session.env.PATH ?? ''}:${dirname(process.execPath)}`;
  return ['sudo', 'env', path, ...home, resolve(process.argv[1] ?? ''), ...words].map(quoteWord).join(' ');
}

/** Safe in a file name, and in a shell. */
export const isPlainName = (word: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(word);

/** The home of a user's apps: ours, where we were told one or are that user. */
export function pathsFor(user: string, homeFolder: string | undefined, session: Session): Paths {
  const own = isChosen(session) || (homeFolder === undefined && user === userInfo().username);
  return own ? session.paths : pathsOf({ HOME: homeFolder ?? homeFolderOf(user) });
}

/** Whether the home is not the usual one of the user. */
const isChosen = ({ env, paths }: Session): boolean => paths.home !== pathsOf({ HOME: env.HOME }).home;

/** By the shell's own look-up, which knows users of any directory service. The name has only harmless characters. */
function homeFolderOf(user: string): string {
  if (user === userInfo().username) return userInfo().homedir;
  return execFileSync('/bin/sh', ['-c', `echo ~${user}`], { encoding: 'utf8' }).trim();
}
