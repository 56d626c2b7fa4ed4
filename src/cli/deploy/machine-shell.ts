import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Deployment } from '../../config/deployment.ts';
import { quoteWord } from '../../config/shell-words.ts';

/** Runs bash scripts on one machine of a deployment. */
export interface MachineShell {
  readonly host: string;
  /** In view of the user. Resolves with why it failed; null: it did not. */
  run(script: string): Promise<string | null>;
  /** Resolves with what it printed, or null when it failed; what it says on stderr is shown. */
  read(script: string): Promise<string | null>;
}

/** Over ssh, or directly for `localhost`. */
export function machineShell(deployment: Deployment, host: string, cwd: string): MachineShell {
  const argv = (script: string) =>
    host === 'localhost' ? ['bash', '-c', script] : ['ssh', ...sshArguments(deployment, host), remoteCommand(script)];
  return {
    host,
    run: async (script) => (await execute(argv(script), { cwd, capture: false })).reason,
    read: async (script) => {
      const { reason, stdout } = await execute(argv(script), { cwd, capture: true });
      return reason === null ? stdout : null;
    },
  };
}

/** The user's shell on the machine need not be bash. */
const remoteCommand = (script: string): string => `bash -c ${quoteWord(script)}`;

export function sshArguments(deployment: Deployment, host: string): string[] {
  const { user, port, key, forwardAgent, needsTty, sshOptions } = deployment;
  return [
    ...(forwardAgent ? ['-A'] : []),
    ...(needsTty ? ['-t'] : []),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(key === undefined ? [] : ['-i', key]),
    ...sshOptions.flatMap((option) => ['-o', option]),
    ...(user === undefined ? [] : ['-l', user]),
    '--',
    host,
  ];
}

/** Runs a command on this machine, in view of the user. Resolves with why it failed; null: it did not. */
export async function runHere(command: string, cwd: string): Promise<string | null> {
  return (await execute(['bash', '-c', command], { cwd, capture: false })).reason;
}

interface Executed {
  /** null: it ended well. */
  readonly reason: string | null;
  /** Empty when it was not captured. */
  readonly stdout: string;
}

async function execute(
  [program = '', ...args]: readonly string[],
  { cwd, capture }: { cwd: string; capture: boolean },
): Promise<Executed> {
  const child = spawn(program, args, { cwd, stdio: ['inherit', capture ? 'pipe' : 'inherit', 'inherit'] });
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  try {
    const [code, signal] = await once(child, 'close');
    return { reason: code === 0 ? null : reasonOf(program, code, signal), stdout };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error), stdout };
  }
}

function reasonOf(program: string, code: number | null, signal: NodeJS.Signals | null): string {
  if (program === 'ssh' && code === 255) return 'ssh could not connect';
  return code === null ? `ended by ${signal}` : `exit code ${code}`;
}
