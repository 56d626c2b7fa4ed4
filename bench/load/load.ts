import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadJob, LoadResult } from './job.ts';

const generator = fileURLToPath(new URL('./generator.ts', import.meta.url));

/** Load that runs until it is stopped. */
export interface RunningLoad {
  /** Lets the requests that are under way finish, and gives the counts. */
  stop(): Promise<LoadResult>;
}

/** Starts a generator; resolves after its first request was answered or has failed. */
export async function startLoad(job: LoadJob): Promise<RunningLoad> {
  const child = fork(generator, [JSON.stringify(job)]); // with the TypeScript loader of this process
  const result = resultOf(child);
  result.catch(() => {}); // reported by stop()
  await Promise.race([once(child, 'message'), result]);
  return {
    stop() {
      if (child.connected) child.send('stop', () => {}); // it may be ending by itself at this moment
      return result;
    },
  };
}

function resultOf(child: ChildProcess): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (message !== 'started') resolve(message as LoadResult); // the generator's only other message
    });
    child.once('exit', (code) => reject(new Error(`The load generator exited with code ${code} and no result.`)));
  });
}

/** Runs load for a fixed time. */
export async function loadFor(ms: number, job: LoadJob): Promise<LoadResult> {
  const load = await startLoad({ ...job, maxMs: ms });
  await new Promise((resolve) => setTimeout(resolve, ms));
  return load.stop();
}
