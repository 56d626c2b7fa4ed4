import { ChildProcess, spawn } from 'node:child_process';
import cluster, { type Worker } from 'node:cluster';
import { join } from 'node:path';
import type { AppSpec } from '../shared/app-spec.ts';
import type { Outcome } from '../shared/outcome.ts';

/** A process just started, by either way. */
export interface Spawned {
  readonly child: ChildProcess;
  /** Its cluster side; null in fork mode. */
  readonly worker: Worker | null;
  /** Whether it is a Node that carries our preload. */
  readonly preloaded: boolean;
}

/** The preload lies beside the bundle of the master. */
const PRELOAD = join(__dirname, 'preload.cjs');

/** Starts a worker. Whatever keeps it from running shows up as the child's 'error' event; nothing is thrown. */
export function spawnWorker(spec: AppSpec, env: Outcome<Record<string, string>>): Spawned {
  if (!env.ok) return notSpawned(new Error(env.problem.message));
  try {
    return spec.execMode === 'cluster' ? spawnInCluster(spec, env.value) : spawnInFork(spec, env.value);
  } catch (error) {
    // Node emits some failures (ENOENT, EMFILE) and throws others (ENOMEM, a zero byte in an argument).
    return notSpawned(error);
  }
}

function notSpawned(error: unknown): Spawned {
  const child = new ChildProcess();
  process.nextTick(() => child.emit('error', error));
  return { child, worker: null, preloaded: false };
}

function spawnInCluster(spec: AppSpec, env: Record<string, string>): Spawned {
  // The settings are global to the process; each fork takes a copy, so they are set before every one.
  cluster.setupPrimary({
    exec: spec.script,
    args: [...spec.args],
    execArgv: ['--require', PRELOAD, ...spec.interpreterArgs],
    cwd: spec.cwd,
    ...identityOf(spec),
    silent: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const worker = cluster.fork({ TZ: undefined, ...env }); // ours is not the app's: what is undefined is not passed on
  return { child: worker.process, worker, preloaded: true };
}

/** Said in any case: what another app of this master had would stay in the settings. Undefined: our own (types ask for numbers). */
const identityOf = ({ runAs }: AppSpec) => ({ uid: runAs?.uid, gid: runAs?.gid }) as { uid: number; gid: number };

function spawnInFork(spec: AppSpec, env: Record<string, string>): Spawned {
  const preloaded = spec.interpreter === 'node';
  const [file, args] = commandOf(spec);
  const child = spawn(file, args, {
    cwd: spec.cwd,
    env,
    ...(spec.runAs ?? {}),
    // A session of its own: a Ctrl-C or a closed terminal never reaches an app.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  // An app that closes its stdin must not take the master down when somebody writes to it.
  child.stdin?.on('error', () => {});
  return { child, worker: null, preloaded };
}

function commandOf(spec: AppSpec): [file: string, args: string[]] {
  switch (spec.interpreter) {
    case 'none':
      return [spec.script, [...spec.args]];
    case 'node':
      return [process.execPath, ['--require', PRELOAD, ...spec.interpreterArgs, spec.script, ...spec.args]];
    default:
      return [spec.interpreter, [...spec.interpreterArgs, spec.script, ...spec.args]];
  }
}
