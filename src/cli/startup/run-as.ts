import { quoteWord } from '../../config/shell-words.ts';
import { type BootService, variablesOf } from './boot-service.ts';

/**
 * A line of a shell script that runs a command of `pm` as the user of the service. `shell`: how the system's su(1) is told which
 * shell to take; the user's own may be one that refuses to log in. The user comes before -c: elsewhere that is an option of su on BSDs.
 */
export function runAs(service: BootService, args: readonly string[], shell = '-s /bin/sh '): string {
  const variables = variablesOf(service).map(([name, value]) => `${name}=${value}`);
  const line = ['env', ...variables, ...service.command, ...args].map(quoteWord).join(' ');
  return service.user === 'root' ? line : `su ${shell}${quoteWord(service.user)} -c ${quoteWord(line)}`;
}
