import { spawnSync } from 'node:child_process';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Problem, problem } from '../../shared/problems.ts';
import type { Output } from '../output/output.ts';
import type { BootService, InitSystem } from './boot-service.ts';

/** The machine that a service is installed on. */
export interface Machine {
  /** Folder that stands for `/`. */
  readonly root: string;
  /** Runs a program to its end. Returns why it failed; null: it did not. */
  run(command: readonly string[]): string | null;
}

export const thisMachine: Machine = {
  root: '/',
  run([program = '', ...args]) {
    const { error, status, signal, stderr } = spawnSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    if (error) return error.message;
    if (status === 0) return null;
    return stderr.trim() || `it ended with ${signal ?? `code ${status}`}`;
  },
};

/** Writes the file of the service and has the init system take it in. Returns what failed. */
export async function install(
  system: InitSystem,
  service: BootService,
  { machine, out }: { machine: Machine; out: Output },
): Promise<Problem | null> {
  const path = join(machine.root, system.file(service));
  out.note(`Writing init configuration in ${path}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, system.text(service));
    await chmod(path, system.executable ? 0o755 : 0o644);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem('usage/invalid', { message: `${path} cannot be written: ${reason}.` });
  }
  out.note('Making script booting at startup...');
  return runAll(system.enable(service), { machine, out });
}

/** Has the init system forget the service, and removes its file. Returns what failed; the file is gone all the same. */
export async function uninstall(
  system: InitSystem,
  service: BootService,
  { machine, out }: { machine: Machine; out: Output },
): Promise<Problem | null> {
  const path = join(machine.root, system.file(service));
  const failed = runAll(system.disable(service), { machine, out });
  await rm(path, { force: true });
  out.note(`Removed ${path}`);
  return failed;
}

function runAll(commands: readonly string[][], { machine, out }: { machine: Machine; out: Output }): Problem | null {
  for (const command of commands) {
    out.note(`[-] Executing: ${command.join(' ')}...`);
    const reason = machine.run(command);
    if (reason !== null) return problem('usage/invalid', { message: `"${command.join(' ')}" failed: ${reason}.` });
    out.note('[v] Command successfully executed.');
  }
  return null;
}
