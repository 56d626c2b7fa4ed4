import { KnownFiles } from '../../logs-reader/known-files.ts';
import { Client } from '../../protocol/client.ts';
import type { Session } from '../command.ts';
import { untilAborted } from '../until-aborted.ts';
import { AppFeed } from './app-feed.ts';
import type { LogOptions } from './log-options.ts';
import { LogScreen } from './log-screen.ts';
import { daemonSource, logSources, unknownTarget } from './log-sources.ts';
import { LogTail } from './log-tail.ts';
import { ProcessEvents } from './process-events.ts';

const NO_FILES = 'There are no such log files: disable_logs is set, or their path is /dev/null.';

/**
 * Shows logs until Ctrl-C, or only what there is. Reads the files itself: the daemon only says which, and may die meanwhile.
 * `onFollowing` is called once no new line is missed.
 */
export async function showLogs(
  options: LogOptions,
  session: Session,
  onFollowing: () => void = () => {},
): Promise<number> {
  const { ask, out, paths } = session;
  const known = options.follow ? await KnownFiles.in(paths.logsDir) : null; // before anything is asked
  const reply = await ask('app.list', { env: false });
  if (!reply.ok) return out.problem(reply.problem);
  const unknown = unknownTarget(options.targets, reply.value);
  if (unknown) return out.problem(unknown);
  const screen = new LogScreen(out, options.form);
  const tail = new LogTail(screen, options);
  const sources = logSources(reply.value, options);
  if (sources.length === 0 && reply.value.length > 0) out.aside(NO_FILES);
  const wantsDaemon = !options.ofAppsOnly && options.targets.length === 0 && options.streams.includes('out');
  if (!options.ofAppsOnly) screen.header(options.targets, options.lines);
  await tail.showHistory(wantsDaemon ? [daemonSource(paths.daemonLog), ...sources] : sources);
  if (known) await followUntilInterrupted(options, { session, screen, tail, known, onFollowing });
  else await tail.showUnfinished();
  if (options.ofAppsOnly) await tail.readToEnd();
  await tail.close();
  return 0;
}

async function followUntilInterrupted(
  options: LogOptions,
  {
    session,
    screen,
    tail,
    known,
    onFollowing,
  }: { session: Session; screen: LogScreen; tail: LogTail; known: KnownFiles; onFollowing: () => void },
): Promise<void> {
  const interrupted = session.interrupted();
  tail.follow();
  onFollowing();
  const events = new ProcessEvents(screen, options.targets);
  const feed = new AppFeed(() => Client.connect(session.paths.daemonSocket), {
    apps: (apps) => {
      events.learn(apps);
      void tail.add(logSources(apps, options), known);
    },
    event: (event) => events.tell(event),
  });
  await untilAborted(interrupted);
  feed.close();
}
