import { sayDuration } from '../shared/duration.ts';
import type { ExitInfo } from '../shared/worker-view.ts';
import { findPortHolder } from './port-holder.ts';

/** Says how a process ended, as the cause in a message: `it exited with code 1 after 0.3 s.` */
export function sayExit(exit: ExitInfo): string {
  if (exit.spawnError) return `it could not be run: ${exit.spawnError}.`;
  const after = `after ${sayDuration(exit.uptimeMs)}`;
  if (exit.signal) return `it was ended by ${exit.signal} ${after}.`;
  return `it exited with code ${exit.code} ${after}.`;
}

/** https://nodejs.org/api/typescript.html, "Type stripping". */
const STRIPPED =
  'Node itself takes types away and cannot run enums and the like. Install tsx, and say "interpreter": "tsx".';

/** The hint for a failure that the last lines of stderr give away; undefined when they do not. */
export async function hintFrom(stderr: readonly string[]): Promise<string | undefined> {
  if (stderr.some((line) => line.includes('ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'))) return STRIPPED;
  const port = busyPortIn(stderr);
  if (port === undefined) return undefined;
  const holder = await findPortHolder(port);
  return holder
    ? `Port ${port} is held by process ${holder.pid} (${holder.command}). Stop it or choose another port.`
    : `Port ${port} is held by another process. Stop it or choose another port.`;
}

/** The port of Node's "listen EADDRINUSE: address already in use :::3000", or of Python's and others' plain words before a number. */
function busyPortIn(stderr: readonly string[]): number | undefined {
  for (const line of stderr) {
    const found = /EADDRINUSE.*?:(\d+)\s*$/.exec(line) ?? /^\s*port: (\d+),?\s*$/.exec(line);
    if (found?.[1] && stderr.some((other) => other.includes('EADDRINUSE'))) return Number(found[1]);
  }
  return undefined;
}
