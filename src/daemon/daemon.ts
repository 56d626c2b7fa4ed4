import { mkdir, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type HomeLock, takeHomeLock } from '../protocol/home-lock.ts';
import type { DaemonEvent, DaemonProgram, DaemonRequests, Handlers } from '../protocol/messages.ts';
import { type Server, type ServerConnection, serve } from '../protocol/server.ts';
import { appKey } from '../shared/app-spec.ts';
import type { Paths } from '../shared/paths.ts';
import { bootId } from '../shared/process-identity.ts';
import { VERSION } from '../shared/version.ts';
import { AppList } from './app-list.ts';
import { Automation } from './automation.ts';
import type { DaemonLog } from './daemon-log.ts';
import { DumpFile } from './dump-file.ts';
import { actHandlers } from './handlers/act.ts';
import { daemonHandlers } from './handlers/daemon.ts';
import { dumpHandlers } from './handlers/dump.ts';
import { listHandlers } from './handlers/list.ts';
import { logHandlers, reopenLogs } from './handlers/logs.ts';
import { scaleHandlers } from './handlers/scale.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { startHandlers } from './handlers/start.ts';
import { talkHandlers } from './handlers/talk.ts';
import { HostSampler } from './host-sampler.ts';
import { Masters } from './masters.ts';
import type { Parts } from './parts.ts';
import { openPm2Sockets } from './pm2-sockets.ts';
import { redactEvent } from './redaction.ts';
import { withCheckedParams } from './request-shapes.ts';
import { type SavedApp, saveApp, viewOfSaved } from './saved-app.ts';
import { SettingsFile } from './settings-file.ts';
import { StateFile } from './state-file.ts';
import { Subscribers } from './subscribers.ts';
import { UsageSampler } from './usage-sampler.ts';
import { workerLog } from './worker-log.ts';

/** A client that does not read its answer must not keep a daemon. */
const LAST_ANSWERS_MS = 2000;

export interface DaemonOptions {
  readonly paths: Paths;
  /** Folder of master.cjs. */
  readonly distDir: string;
  readonly log: DaemonLog;
  /** Ends this process. */
  exit(): void;
}

/** The one daemon of a home, from the moment it has the lock. */
export interface Daemon {
  /** What should run is on disk; nothing is stopped. */
  settle(): Promise<void>;
  /** For logrotate(8): every log file is closed, and opened again at its path. */
  reopenLogs(): Promise<void>;
}

/** Takes the home, adopts what runs in it, and listens. null: another daemon has the home. */
export async function openDaemon(options: DaemonOptions): Promise<Daemon | null> {
  const { paths, log } = options;
  const lock = await takeHomeLock(paths.lockDir, 'daemon');
  if (lock === null) return null;
  await writeFile(paths.daemonPid, `${process.pid}\n`, { mode: 0o600 });
  for (const folder of [paths.mastersDir, paths.logsDir, paths.pidsDir])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  const { parts, automation } = await makeParts(options, {
    exit: () => void close(),
    giveWayTo: (program) => void giveWayTo(program),
  });
  const saved = await parts.state.read();
  await parts.masters.adoptAll();
  bringBack(parts, saved);
  parts.state.changed();
  const server = await listen(parts);
  const pm2Sockets = await openPm2Sockets(paths, (error) => log.note(String(error)));
  log.note(`PM ${VERSION} daemon, pid ${process.pid}, Node ${process.version}: ${parts.list.all().length} apps.`);
  return {
    settle: () => parts.state.flush(),
    reopenLogs: async () => {
      const reopened = await reopenLogs(parts);
      log.note(reopened.ok ? 'All logs are reopened.' : reopened.problem.message);
    },
  };

  async function close(): Promise<void> {
    automation.close();
    await pm2Sockets.close({ killed: true });
    await tidyUp(parts, server, lock ?? undefined);
    log.noteAtOnce('All apps are stopped. Bye.');
    options.exit();
  }

  async function giveWayTo(program: DaemonProgram): Promise<void> {
    automation.close();
    parts.usage.close();
    await parts.masters.leave();
    await parts.state.flush();
    await Promise.race([Promise.all([pm2Sockets.close({ killed: false }), server.close()]), delay(LAST_ANSWERS_MS)]);
    await lock?.release();
    const mayStart = await takeHomeLock(paths.lockDir, 'starter'); // so that no master starts one of the former version
    if (mayStart) await (await import('./successor.ts')).startSuccessor(paths, program);
    log.noteAtOnce('Another daemon takes over. Bye.');
    options.exit();
  }
}

async function makeParts(
  { paths, distDir, log }: DaemonOptions,
  ends: Pick<Parts, 'exit' | 'giveWayTo'>,
): Promise<{ parts: Parts; automation: Automation }> {
  const subscribers = new Subscribers();
  const noteWorker = workerLog(log);
  const list: AppList = new AppList((event) => {
    noteWorker(event);
    automation.consider(event);
    subscribers.tell(redactEvent(event));
    state.changed();
  });
  const boot = await bootId();
  const state = new StateFile({ path: paths.state, boot, log, apps: () => list.all().map(saveApp) });
  const masters: Masters = new Masters({
    paths,
    distDir,
    list,
    log,
    onMessage: (message) => subscribers.pass(message),
  });
  subscribers.onWanted((wanted) => masters.watchMessages(wanted));
  const parts: Parts = {
    paths,
    log,
    list,
    state,
    subscribers,
    masters,
    dump: new DumpFile(paths, log),
    settings: new SettingsFile(paths.settings),
    host: new HostSampler(),
    usage: new UsageSampler(() => runningPids(list)),
    reloading: new Map(),
    startedAt: Date.now(),
    ...ends,
  };
  const automation = new Automation(parts);
  return { parts, automation };
}

const runningPids = (list: AppList): number[] =>
  list.all().flatMap(({ workers }) => workers.flatMap(({ view }) => (view.pid > 0 ? [view.pid] : [])));

/** Apps that should run and have no master any more get one. A master that lives knows best which apps it has. */
function bringBack({ list, masters }: Parts, saved: readonly SavedApp[]): void {
  const living = new Set(masters.ids);
  for (const { spec, masterId, workers } of saved) {
    const app = appKey(spec);
    if (living.has(masterId) || list.get(app) || workers.length === 0) continue;
    list.declare(spec, masterId);
    for (const worker of workers) list.apply({ type: 'worker-changed', app, worker: viewOfSaved(worker) });
  }
  masters.restore();
  masters.endUnused();
}

const listen = (parts: Parts): Promise<Server> =>
  serve<DaemonRequests, DaemonEvent>({
    socketPath: parts.paths.daemonSocket,
    handlers: (connection) => withCheckedParams(handlersFor(parts, connection)),
    onBug: (error) => parts.log.note(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });

const handlersFor = (parts: Parts, connection: ServerConnection<DaemonEvent>): Handlers<DaemonRequests> => ({
  ...daemonHandlers(parts),
  ...listHandlers(parts, connection),
  ...writtenFirst(startHandlers(parts), parts),
  ...writtenFirst(actHandlers(parts), parts),
  ...writtenFirst(scaleHandlers(parts), parts),
  ...talkHandlers(parts),
  ...logHandlers(parts),
  ...writtenFirst(dumpHandlers(parts), parts),
  ...settingsHandlers(parts),
});

type AnyHandlers = { readonly [method: string]: (params: never, signal: AbortSignal) => Promise<unknown> };

/** What a request has changed is on disk before it is answered: who has the answer may rely on it, whatever is killed then. */
function writtenFirst<T extends AnyHandlers>(handlers: T, { state }: Parts): T {
  const written = Object.entries(handlers).map(([method, handle]) => {
    const answer: AnyHandlers[string] = async (params, signal) => {
      const outcome = await handle(params, signal);
      await state.settled();
      return outcome;
    };
    return [method, answer] as const;
  });
  return Object.fromEntries(written) as T; // the same methods, with the same answers
}

/** After this the home may have another daemon. */
async function tidyUp({ usage, paths }: Parts, server: Server, lock: HomeLock | undefined): Promise<void> {
  usage.close();
  await server.close();
  await unlink(paths.daemonPid).catch(() => {});
  await lock?.release();
}
