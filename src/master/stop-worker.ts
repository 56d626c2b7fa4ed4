import { setTimeout as delay } from 'node:timers/promises';
import type { StopReport } from '../protocol/messages.ts';
import { descendantsOf, markedProcesses, signalProcess } from './process-tree.ts';
import type { WorkerProcess } from './worker-process.ts';

/** How long the app keeps for its own clean-up when its connections do not end by themselves. */
const CLEAN_UP_MS = 5_000;

/**
 * How long idle keep-alive connections are kept when another worker goes on serving: the next request on each is answered
 * with `Connection: close`, so its client leaves by itself. 5 s is Node's own keepAliveTimeout (http.Server), which clients
 * have to live with anyway.
 */
export const IDLE_GRACE_MS = 5_000;

/** For a worker that nobody replaces there is nothing to wait for. */
export const NO_IDLE_GRACE_MS = 0;

/** Only a process that is stuck in the kernel outlives SIGKILL for so long. */
const SWEEP_MS = 2_000;
const SWEEP_POLL_MS = 10;

/**
 * Stops a process, the only way there is: no more connections, drain, ask, wait, force. `killTimeoutMs` of the app bounds
 * the whole. "Stopped" means that the kernel says so.
 */
export async function stopWorker(worker: WorkerProcess, { idleGraceMs }: { idleGraceMs: number }): Promise<StopReport> {
  if (!worker.running) return { how: 'not-running', tookMs: 0 };
  const { killTimeoutMs, treekill } = worker.spec;
  const startedAt = Date.now();
  worker.retire();
  const drainMs = Math.max(killTimeoutMs - Math.min(CLEAN_UP_MS, killTimeoutMs / 3), 0);
  if (worker.control)
    await settlesWithin(Promise.race([worker.control.drain({ idleGraceMs }), worker.exited]), drainMs);
  if (worker.running) await ask(worker);
  const obliged = await settlesWithin(worker.exited, startedAt + killTimeoutMs - Date.now());
  if (!obliged) await forceOut(worker);
  if (treekill) await sweepLeftovers(worker);
  return { how: obliged ? 'exited' : 'killed', tookMs: Date.now() - startedAt };
}

/**
 * Ends what a process that is gone has left behind, wherever it went: children, double forks, sessions of their own. Looks again
 * until nobody is there: a killed process takes a moment to be gone, and may have forked in that moment.
 */
export async function sweepLeftovers(worker: WorkerProcess): Promise<void> {
  const giveUpAt = Date.now() + SWEEP_MS;
  for (;;) {
    const pids = await markedProcesses(worker.marker);
    if (pids.length === 0 || Date.now() > giveUpAt) return;
    for (const pid of pids) signalProcess(pid, 'SIGKILL');
    await delay(SWEEP_POLL_MS);
  }
}

async function ask(worker: WorkerProcess): Promise<void> {
  const { shutdownWithMessage, killSignal, treekill } = worker.spec;
  if (shutdownWithMessage) {
    worker.send('shutdown');
    return;
  }
  const tree = treekill ? await descendantsOf(worker.pid) : [];
  if (!worker.running) return; // gone while the tree was read: its pid may belong to another
  for (const pid of [...tree, worker.pid]) signalProcess(pid, killSignal);
}

async function forceOut(worker: WorkerProcess): Promise<void> {
  const tree = worker.spec.treekill ? await descendantsOf(worker.pid) : [];
  if (worker.running) for (const pid of [worker.pid, ...tree]) signalProcess(pid, 'SIGKILL');
  await worker.exited;
}

/** Whether a promise settles before the time is up. */
async function settlesWithin(promise: Promise<unknown>, timeMs: number): Promise<boolean> {
  const abort = new AbortController();
  const late = delay(Math.max(timeMs, 0), false, { signal: abort.signal }).catch(() => false);
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    abort.abort();
  }
}
