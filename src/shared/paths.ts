import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where on disk this program writes. Everything below one folder, 0700, with files of mode 0600. */
export interface Paths {
  readonly home: string;
  /** Unix socket of the daemon. */
  readonly daemonSocket: string;
  readonly daemonPid: string;
  readonly daemonLog: string;
  /** Folder of the numbered lock files that make the daemon the only one (protocol/home-lock.ts). */
  readonly lockDir: string;
  /** What should run; written by the daemon on every change. */
  readonly state: string;
  /** What `pm save` froze. */
  readonly dump: string;
  /** Folder of the masters' sockets (`<id>.sock`) and own logs (`<id>.log`). */
  readonly mastersDir: string;
  readonly logsDir: string;
  readonly pidsDir: string;
  /** Settings of this home, in PM2's format. */
  readonly settings: string;
}

/** The folder a process manager lives in: `PM_HOME`, or `~/.pm`. */
export function homeOf(env: NodeJS.ProcessEnv): string {
  return resolve(env.PM_HOME || join(env.HOME || homedir(), '.pm'));
}

export function pathsOf(home: string): Paths {
  return {
    home,
    daemonSocket: join(home, 'daemon.sock'),
    daemonPid: join(home, 'daemon.pid'),
    daemonLog: join(home, 'daemon.log'),
    lockDir: join(home, 'lock'),
    state: join(home, 'state.json'),
    dump: join(home, 'dump.json'),
    mastersDir: join(home, 'masters'),
    logsDir: join(home, 'logs'),
    pidsDir: join(home, 'pids'),
    settings: join(home, 'module_conf.json'),
  };
}

export const masterSocket = (paths: Paths, id: string): string => join(paths.mastersDir, `${id}.sock`);
export const masterLog = (paths: Paths, id: string): string => join(paths.mastersDir, `${id}.log`);

/** The name of an app as part of a file name: PM2's rule, so that existing log shippers keep matching. */
export const fileNameOf = (name: string): string => name.replace(/[^a-zA-Z0-9.-]/g, '-');

/**
 * Longest path a Unix socket can be bound to, without the closing zero byte (unix(7): sun_path has 108 bytes on
 * Linux; 104 on macOS and the BSDs).
 */
export const MAX_SOCKET_PATH_BYTES = process.platform === 'linux' ? 107 : 103;
