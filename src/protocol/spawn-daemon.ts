import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fail, type Outcome } from '../shared/outcome.ts';
import type { Paths } from '../shared/paths.ts';
import { type Problem, problem } from '../shared/problems.ts';
import { Client } from './client.ts';
import { prepareHome } from './home-folder.ts';
import { type HomeLock, takeHomeLock } from './home-lock.ts';
import { readLastLines } from './last-lines.ts';
import type { DaemonEvent, DaemonRequests } from './messages.ts';
import { DAEMON_NODE_OPTIONS, spawnEnvironment } from './spawn-environment.ts';

/** A connection to the daemon. */
export type DaemonClient = Client<DaemonRequests, DaemonEvent>;

/** A daemon that adopts many masters on a busy machine may need seconds before it listens. */
const START_TIMEOUT_MS = 15_000;

/** Between two tries to connect to a daemon that we spawned: a person waits, and a try on a socket that is not there costs little. */
const RETRY_MS = 5;

/** The same, when another command spawned it: there may be many of us. */
const PATIENT_RETRY_MS = 25;

/** Enough for an error with its stack, as Node 26 prints it. */
const LOG_LINES = 20;

/**
 * Connects to the daemon of a home; when none answers, starts one and waits for it. However many do so at once, one daemon comes of it.
 * `onProgress` is told sentences for a person. `distDir` is where daemon.cjs lies: beside the running bundle.
 */
export async function startDaemon(
  paths: Paths,
  onProgress: (notice: string) => void = () => {},
  {
    distDir = __dirname,
    timeoutMs = START_TIMEOUT_MS,
    env = process.env,
  }: { distDir?: string; timeoutMs?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome<DaemonClient>> {
  const unusable = await prepareHome(paths);
  if (unusable) return fail(unusable);
  const start = new DaemonStart({ paths, onProgress, daemonFile: join(distDir, 'daemon.cjs'), env });
  try {
    return await start.run(Date.now() + timeoutMs);
  } finally {
    await start.release();
  }
}

interface DaemonStartOptions {
  readonly paths: Paths;
  readonly onProgress: (notice: string) => void;
  readonly daemonFile: string;
  readonly env: NodeJS.ProcessEnv;
}

/** One wait for a daemon, with at most one spawned by us at a time. */
class DaemonStart {
  readonly #options: DaemonStartOptions;
  #lock: HomeLock | null = null;
  #child: ChildProcess | null = null;
  #logOffset = 0;

  constructor(options: DaemonStartOptions) {
    this.#options = options;
  }

  async run(deadlineAt: number): Promise<Outcome<DaemonClient>> {
    const { paths, onProgress } = this.#options;
    for (;;) {
      const connected = await Client.connect<DaemonRequests, DaemonEvent>(paths.daemonSocket);
      if (connected.ok) {
        if (this.#child) onProgress('PM daemon successfully started');
        return connected;
      }
      const code = this.#child?.exitCode ?? null;
      if (code !== null && code !== 0) return fail(await this.#unreachable(`it exited with code ${code} at its start`));
      if (Date.now() > deadlineAt) return fail(await this.#unreachable('it took too long to start'));
      if (this.#child === null || hasEnded(this.#child)) await this.#spawnUnlessTaken();
      await delay(this.#child ? RETRY_MS : PATIENT_RETRY_MS);
    }
  }

  /** Our child ended with 0: another daemon had been faster. That one may be gone again by now. */
  async #spawnUnlessTaken(): Promise<void> {
    const { paths, onProgress, daemonFile } = this.#options;
    this.#lock = await takeHomeLock(paths.lockDir, 'starter');
    if (this.#lock === null) return;
    if (this.#child === null) onProgress(spawnNotice(paths));
    const log = await open(paths.daemonLog, 'a', 0o600);
    this.#logOffset = (await log.stat()).size;
    this.#child = spawn(process.execPath, [...DAEMON_NODE_OPTIONS, daemonFile], {
      detached: true,
      cwd: '/',
      env: spawnEnvironment(paths, this.#options.env),
      stdio: ['ignore', 'ignore', log.fd],
    });
    this.#child.on('error', () => {}); // then exitCode is negative
    this.#child.unref();
    await log.close();
  }

  async #unreachable(reason: string): Promise<Problem> {
    const { paths } = this.#options;
    const log = this.#child ? await readLastLines(paths.daemonLog, { from: this.#logOffset, lines: LOG_LINES }) : [];
    return problem('daemon/unreachable', { socket: paths.daemonSocket, reason, ...(log.length > 0 ? { log } : {}) });
  }

  async release(): Promise<void> {
    await this.#lock?.release();
  }
}

/** The wording of PM2 where its home is meant. */
const spawnNotice = ({ home, names }: Paths): string =>
  names === 'pm2' ? `Spawning PM2 daemon with pm2_home=${home}` : `Spawning PM daemon with PM_HOME=${home}`;

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
