import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Paths } from '../../shared/paths.ts';
import { problem } from '../../shared/problems.ts';
import { type Input, type Session, textOption } from '../command.ts';
import { isPlainName, pathsFor, rootCommand } from '../startup/requested-service.ts';

/** Where logrotate(8) looks for files of packages. */
const FOLDER = '/etc/logrotate.d';

/** Writes, or shows, a file of logrotate(8) for the logs of a user. Gives the exit code. */
export async function writeLogrotateFile(user: string, { options }: Input, session: Session): Promise<number> {
  const { out, paths } = session;
  const group = isPlainName(user) ? await groupOf(user) : null;
  if (group === null) return out.problem(problem('usage/invalid', { message: `There is no user called "${user}".` }));
  const hp = textOption(options, 'hp');
  const of = pathsFor(user, hp, session);
  const text = logrotateText(of, { user, group });
  if (options.print === true) {
    out.data(text);
    return 0;
  }
  const path = join(FOLDER, `${paths.names}-${user}`);
  try {
    await writeFile(path, text, { mode: 0o644 });
  } catch (error) {
    const message = `${path} cannot be written: ${error instanceof Error ? error.message : error}.`;
    const hint = `As root: ${rootCommand(['logrotate', '-u', user, ...(hp === undefined ? [] : ['--hp', hp])], of, session)}`;
    return out.problem(problem('usage/invalid', { message, hint }));
  }
  out.note(`Logrotate configuration written to ${path}`);
  return 0;
}

/** Files are renamed, and the daemon has them opened anew: nothing is copied, so no line is lost. */
export const logrotateText = (
  { logsDir, daemonPid }: Pick<Paths, 'logsDir' | 'daemonPid'>,
  { user, group }: { user: string; group: string },
): string => `"${join(logsDir, '*.log')}" {
  su ${user} ${group}
  weekly
  rotate 12
  missingok
  notifempty
  compress
  delaycompress
  sharedscripts
  postrotate
    kill -USR2 "$(cat '${daemonPid}')" 2>/dev/null || true
  endscript
}
`;

const groupOf = (user: string): Promise<string | null> =>
  promisify(execFile)('id', ['-gn', user]).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
