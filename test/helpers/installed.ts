import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import type { Rig } from './rig.ts';

/** Puts programs of the fixtures into the work folder, where `pm` is installed, also under the name of PM2. */
export async function installPrograms(rig: Rig, ...names: string[]): Promise<void> {
  const modules = join(rig.work, 'node_modules');
  await mkdir(modules);
  for (const alias of ['pm', 'pm2']) await symlink(dirname(dirname(inject('pmBin'))), join(modules, alias));
  for (const name of names) await rig.write(name, rig.read(join(resolve('test/fixtures/programs'), name)));
}

/** Runs an installed program and gives what it printed. */
export async function runNode(rig: Rig, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: rig.work,
    env: rig.env,
    timeout: 50_000,
  });
  return stdout;
}
