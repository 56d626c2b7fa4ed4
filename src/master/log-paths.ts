import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { AppSpec } from '../shared/app-spec.ts';
import { fileNameOf, type Paths } from '../shared/paths.ts';
import { isStandardStream } from '../shared/standard-stream.ts';

/** The files of one worker. null: not written. */
export interface LogPaths {
  readonly outFile: string | null;
  readonly errorFile: string | null;
  readonly logFile: string | null;
  readonly pidFile: string;
}

/** Names the files of a worker by PM2's rules: with the id, unless the logs are merged or there is one worker only. */
export function logPathsOf(spec: AppSpec, pmId: number, paths: Paths): LogPaths {
  const name = fileNameOf(spec.name);
  const separate = !spec.mergeLogs && (spec.instancesGiven || spec.execMode === 'cluster');
  const place = (given: string | null, fallback: string): string | null => {
    // Our standard streams lead to our own logs: an app that names one gets its files as if it named none.
    const path = given !== null && !isStandardStream(given) ? given : join(paths.logsDir, fallback);
    if (spec.disableLogs || path === '/dev/null' || path === 'NULL') return null;
    return withoutLink(separate ? withId(path, pmId) : path);
  };
  return {
    outFile: place(spec.outFile, `${name}-out.log`),
    errorFile: place(spec.errorFile, `${name}-error.log`),
    logFile: spec.logFile === null ? null : place(spec.logFile === true ? null : spec.logFile, `${name}.log`),
    pidFile: withId(spec.pidFile ?? join(paths.pidsDir, `${name}.pid`), pmId),
  };
}

/** Where a symbolic link leads: it stays when the log behind it is put away. */
function withoutLink(path: string): string {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return path;
  try {
    return realpathSync(path);
  } catch {
    return resolve(dirname(path), readlinkSync(path)); // it leads to nothing yet
  }
}

function withId(path: string, pmId: number): string {
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}-${pmId}${extension}`;
}

/** The log files of some workers, each once. */
export function logFilesOf(slots: readonly { readonly view: Omit<LogPaths, 'pidFile'> }[]): string[] {
  const files = slots.flatMap(({ view }) => [view.outFile, view.errorFile, view.logFile]);
  return [...new Set(files.filter((file) => file !== null))];
}
