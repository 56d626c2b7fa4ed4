#!/usr/bin/env node
import { once } from 'node:events';
import { quickCommand } from './quick.ts';
import { openSession } from './session.ts';

process.stdout.on('error', endQuietly);
main(process.argv.slice(2)).then(exit);

async function main(argv: readonly string[]): Promise<number> {
  const command = quickCommand(argv);
  if (command) return command(await openSession(argv, { silent: false }));
  const { runProgram } = await import('./program.ts');
  return runProgram(argv, openSession);
}

/** Exits as soon as everything printed is on its way, whatever connections and timers are left. */
async function exit(code: number): Promise<void> {
  if (process.stdout.writableLength > 0 && !process.stdout.errored) await once(process.stdout, 'drain');
  process.exit(code);
}

/** Who read our output has gone (`pm ls | head -1`). */
function endQuietly(error: NodeJS.ErrnoException): void {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
}
