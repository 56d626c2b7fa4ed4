import { spawn } from 'node:child_process';

const INHERITED_PIPE_MS = 500;

export interface CommandResult {
  /** null: killed, because it ran out of time or by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

/** Runs a program to its end, and kills it after `timeoutMs`. */
export function runCommand(
  file: string,
  args: readonly string[],
  { env, cwd, timeoutMs = 60_000 }: { env: NodeJS.ProcessEnv; cwd?: string; timeoutMs?: number },
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(file, args, { env, ...(cwd ? { cwd } : {}), stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      const tookMs = performance.now() - start;
      const finish = () => resolve({ code, stdout, stderr, tookMs });
      // The output may still be in the pipe; a daemon that inherited the pipe keeps it open for ever.
      const giveUp = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, INHERITED_PIPE_MS);
      child.once('close', () => {
        clearTimeout(giveUp);
        finish();
      });
    });
  });
}

/**
 * The environment everything under test runs in: nothing of the caller's shell but PATH. (NODE_EXTRA_CA_CERTS alone would
 * add tens of milliseconds to each start of Node.)
 */
export function minimalEnvironment(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', TERM: 'dumb' };
}
