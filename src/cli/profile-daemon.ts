import { join } from 'node:path';
import { compileDateFormat } from '../shared/date-format.ts';
import { problem } from '../shared/problems.ts';
import type { Input, Session } from './command.ts';

const DEFAULT_MS = 10_000;

/** Has the daemon profile itself into a file of the current folder. Gives the exit code. */
export async function profileDaemon(
  what: 'cpu' | 'heap',
  { operands: [time = String(DEFAULT_MS)] }: Input,
  { ask, out, cwd }: Session,
): Promise<number> {
  const durationMs = Number(time);
  if (!Number.isInteger(durationMs) || durationMs < 1)
    return out.problem(problem('usage/invalid', { message: `"${time}" is not a time in milliseconds.` }));
  const path = join(cwd, `${compileDateFormat('YYYY-MM-DD-HH-mm-ss')(Date.now())}.${what}profile`);
  out.line(`Starting ${what} profiling of the daemon for ${durationMs}ms...`);
  const reply = await ask('daemon.profile', { what, durationMs, path });
  if (!reply.ok) return out.problem(reply.problem);
  out.line(`Profile done in ${path}`);
  return 0;
}
