import { existsSync } from 'node:fs';
import { join } from 'node:path';

type Execve = (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => never;

/**
 * As the first process of a container (PID 1) Node would have to reap every process that loses its parent, which it does not do. Leaves
 * that place to bin/init.sh, with this program below it, where Node can (from 22.15 on) and there is a shell. The program pm-runtime
 * begins with that anyway.
 */
export function giveUpFirstPlace(): void {
  // Newer than the types of the oldest Node that we support.
  const { execve } = process as { execve?: Execve };
  if (process.pid !== 1 || execve === undefined || !existsSync('/bin/sh')) return; // a failure of execve ends the process
  const args = [
    'sh',
    join(__dirname, '../bin/init.sh'),
    process.execPath,
    ...process.execArgv,
    ...process.argv.slice(1),
  ];
  execve('/bin/sh', args, process.env);
}
