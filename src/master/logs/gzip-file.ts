import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';

/** Ending of a compressed file that is not complete. */
export const PARTIAL = '.gz.tmp';

/**
 * Replaces a file by its compressed form, with the same times and mode. Done by gzip(1) at the lowest priority, so that apps come
 * first; where there is no gzip, here. Rejects with the reason, and the file stays as it was.
 */
export async function gzipFile(path: string, signal: AbortSignal): Promise<void> {
  const partial = `${path}${PARTIAL}`;
  try {
    if (!(await runGzip(path, partial, signal))) {
      const { gzipInProcess } = await import('./gzip-in-process.ts'); // zlib is loaded where it is needed, which is rare
      await gzipInProcess(path, partial, signal);
    }
    const { atime, mtime, mode } = await stat(path); // rejects when it was deleted meanwhile
    await utimes(partial, atime, mtime);
    await chmod(partial, mode);
    await rename(partial, `${path}.gz`);
    await rm(path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** False: there is no gzip. */
async function runGzip(path: string, partial: string, signal: AbortSignal): Promise<boolean> {
  const output = await open(partial, 'w', 0o600);
  try {
    const gzip = spawn('gzip', ['-c', '--', path], {
      stdio: ['ignore', output.fd, 'ignore'],
      signal,
      killSignal: 'SIGKILL',
    });
    if (gzip.pid !== undefined) lowerPriority(gzip.pid);
    const [code] = await once(gzip, 'exit');
    if (code !== 0) throw new Error(`gzip exited with ${code}`);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false; // whatever is thrown may lack a code
    throw error;
  } finally {
    await output.close();
  }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // it is done already, or may not: it works all the same
  }
}
