import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The built `pm` that the tests run. */
    pmBin: string;
  }
}

/**
 * Builds `pm` once for a run of the process tests, into a folder of its own: laid out as it is when installed, never older than
 * the sources, and not changed under the feet of running daemons when somebody builds meanwhile.
 */
export default async function buildOnce(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'pm-built-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await buildInto(folder);
  } catch (error) {
    await remove();
    throw error;
  }
  project.provide('pmBin', join(folder, 'dist/pm.cjs'));
  return remove;
}

async function buildInto(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['scripts/build.mjs', join(folder, 'dist')]);
  for (const part of ['bin', 'examples', 'package.json']) await cp(part, join(folder, part), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
}
