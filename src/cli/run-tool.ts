import { spawn } from 'node:child_process';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';

/** Runs another program to its end; what it prints goes to our standard error. Fails when it does. */
export function runTool(tool: string, args: readonly string[], { cwd }: { cwd: string }): Promise<Outcome<null>> {
  return new Promise((resolve) => {
    const failed = (how: string) =>
      resolve(fail(problem('usage/invalid', { message: `"${tool} ${args.join(' ')}" ${how}.` })));
    const child = spawn(tool, args, { cwd, stdio: ['ignore', 2, 2] });
    child.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        error.code === 'ENOENT' ? `cannot be run: there is no ${tool} in PATH` : `cannot be run: ${error.message}`,
      ),
    );
    child.once('exit', (code, signal) => {
      if (code === 0) resolve(succeed(null));
      else failed(code === null ? `was ended by ${signal}` : `failed with code ${code}`);
    });
  });
}
