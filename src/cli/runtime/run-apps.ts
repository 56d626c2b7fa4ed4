import { rm, rmdir } from 'node:fs/promises';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DaemonRequests } from '../../protocol/messages.ts';
import { startDaemon } from '../../protocol/spawn-daemon.ts';
import type { AppSpec } from '../../shared/app-spec.ts';
import type { Outcome } from '../../shared/outcome.ts';
import type { Paths } from '../../shared/paths.ts';
import type { ProblemCode } from '../../shared/problems.ts';
import type { Session } from '../command.ts';
import { AppFeed } from '../logs/app-feed.ts';
import type { LineForm } from '../logs/line-print.ts';
import { somethingRuns } from '../something-runs.ts';
import { type End, type Notice, WorkersLeft } from './ending-policy.ts';
import { outputFeeds } from './output-form.ts';
import { OutputServer } from './output-server.ts';
import { OutputStream } from './output-stream.ts';
import { takeHome } from './take-home.ts';

export interface RunOptions {
  readonly form: LineForm;
  /** Whether to end when no app runs any more. */
  readonly autoExit: boolean;
  /** Wait before the apps are started. */
  readonly delayMs: number;
  /** Whether the home is for this run alone. */
  readonly removesHome?: boolean;
  /** Called when an app was replaced of our own accord, as after a change of its files. */
  readonly onRenewal?: () => void;
}

const RUNS_ALREADY: ProblemCode = 'app/already-running';

/** It takes milliseconds; whoever waits for our end is not kept. */
const TIDY_MS = 2_000;

/**
 * Runs apps as the one program of a container: their output is ours, a signal to us is a graceful stop of them all, and their end is
 * ours, with the exit code that they give. Nothing is left behind.
 */
export async function runApps(
  specs: readonly AppSpec[],
  options: RunOptions,
  { paths, out }: Pick<Session, 'paths' | 'out'>,
): Promise<number> {
  const taken = await takeHome(paths);
  if (taken) return out.problem(taken);
  const stop = stopSignal();
  const streams = { out: new OutputStream(process.stdout), err: new OutputStream(process.stderr) };
  const server = await OutputServer.listen(paths.outputSocket, outputFeeds(options.form, streams, out));
  const workers = new WorkersLeft();
  const tell = (notice: Notice | null) => {
    if (notice === null) return;
    void streams.err.write(noticeIn(options.form, notice.says));
    if (notice.isRenewal) options.onRenewal?.();
  };
  let started = false;
  let finish = (_end: End): void => {};
  const ended = new Promise<End>((resolve) => {
    finish = resolve;
  });
  const look = () => {
    const { end } = workers;
    if (started && options.autoExit && end !== null) finish(end);
  };
  const feed = new AppFeed(() => startDaemon(paths), {
    apps: (apps) => {
      workers.learn(apps);
      look();
    },
    event: (event) => {
      tell(workers.hear(event));
      look();
    },
  });
  stop.addEventListener('abort', async () => {
    await ask(paths, 'app.stop', { targets: ['all'] });
    finish(0);
  });
  void start();
  const end = await ended;
  feed.close();
  await server.settled();
  if (await somethingRuns(paths)) await endDaemon(paths);
  server.close();
  if (options.removesHome) await removeHome(paths);
  await Promise.all([streams.out.flushed(), streams.err.flushed()]);
  return typeof end === 'number' ? end : 128 + constants.signals[end];

  async function start(): Promise<void> {
    await delay(options.delayMs, undefined, { signal: stop }).catch(() => {});
    if (stop.aborted) return;
    const request = { specs, existing: 'refuse' } as const;
    const first = await ask(paths, 'app.start', request);
    // When the daemon has died over it: the next one knows which apps got that far, and starts the others.
    const reply = !first.ok && first.problem.code === 'daemon/lost' ? await ask(paths, 'app.start', request) : first;
    const problems = (reply.ok ? reply.value.problems : [reply.problem]).filter(({ code }) => code !== RUNS_ALREADY);
    for (const problem of problems) out.problem(problem);
    if (reply.ok && problems.length < specs.length) {
      const apps = await ask(paths, 'app.list', { env: false });
      if (apps.ok) workers.learn(apps.value);
      started = true;
      look();
    } else if (!stop.aborted) finish(1);
  }
}

async function removeHome({ home }: Paths): Promise<void> {
  await rm(home, { recursive: true, force: true });
  await rmdir(dirname(home)).catch(() => {}); // another run is in it
}

/** Asks the daemon that there is now: between two requests it may have been replaced. */
async function ask<M extends keyof DaemonRequests>(
  paths: Paths,
  method: M,
  params: DaemonRequests[M]['params'],
): Promise<Outcome<DaemonRequests[M]['result']>> {
  const daemon = await startDaemon(paths);
  if (!daemon.ok) return daemon;
  const reply = await daemon.value.call(method, params);
  daemon.value.close();
  return reply;
}

/** Waits until the daemon has tidied up: the end of the first process of a container is that of all others. */
async function endDaemon(paths: Paths): Promise<void> {
  const daemon = await startDaemon(paths);
  if (!daemon.ok) return;
  const closed = new Promise<void>((resolve) => daemon.value.onClose(resolve));
  await daemon.value.call('daemon.kill', {});
  await Promise.race([closed, delay(TIDY_MS)]);
  daemon.value.close();
}

/** Aborted by the first signal that asks us to end, and when nobody reads our output any more. Later signals change nothing. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  // Instead of ending at once, as other commands do.
  process.stdout.removeAllListeners('error').on('error', () => controller.abort());
  process.stderr.on('error', () => {});
  return controller.signal;
}

/** A sentence of ours, for stderr. */
function noticeIn(form: LineForm, text: string): string {
  if (form.kind !== 'json') return `[PM2] ${text}\n`;
  const timestamp = new Date().toISOString();
  return `${JSON.stringify({ message: text, timestamp, type: 'pm', process_id: null, app_name: 'pm' })}\n`;
}
