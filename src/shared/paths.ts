import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where on disk this program writes. Everything below one folder, 0700, with files of mode 0600. */
export interface Paths {
  readonly home: string;
  /** Whose names the files have: those of PM2 in a home that scripts written for it know. */
  readonly names: 'pm' | 'pm2';
  /** The variables that say so, for the processes that are started: they come to the same paths. */
  readonly variables: Readonly<Record<string, string>>;
  /** Unix socket of the daemon. */
  readonly daemonSocket: string;
  readonly daemonPid: string;
  readonly daemonLog: string;
  /** Unix socket on which `pm runtime` takes what workers write; there only while it runs. */
  readonly outputSocket: string;
  /** Folder of the numbered lock files that make the daemon the only one (protocol/home-lock.ts). */
  readonly lockDir: string;
  /** What should run; written by the daemon on every change. */
  readonly state: string;
  /** What `pm save` froze, and the one before. */
  readonly dump: string;
  readonly dumpBackup: string;
  /** Folder of the masters' sockets (`<id>.sock`) and own logs (`<id>.log`). */
  readonly mastersDir: string;
  readonly logsDir: string;
  readonly pidsDir: string;
  /** Where `pm install` keeps modules, each in a folder of its own. */
  readonly modulesDir: string;
  /** Settings of this home, in PM2's format. */
  readonly settings: string;
}

/**
 * The home is `PM_HOME`, where that is not set `PM2_HOME`, and else `~/.pm`. In that of `PM2_HOME` files have PM2's names, and
 * PM2's other variables say where they are.
 */
export function pathsOf(env: NodeJS.ProcessEnv): Paths {
  if (!env.PM_HOME && env.PM2_HOME) return pm2Paths(resolve(env.PM2_HOME), env);
  const home = resolve(env.PM_HOME || join(env.HOME || homedir(), '.pm'));
  return {
    ...commonPaths(home),
    names: 'pm',
    variables: { PM_HOME: home },
    daemonPid: join(home, 'daemon.pid'),
    daemonLog: join(home, 'daemon.log'),
    dump: join(home, 'dump.json'),
    dumpBackup: join(home, 'dump.json.bak'),
  };
}

/** Which of PM2's variables moves which path. */
const pm2Variables = {
  daemonPid: 'PM2_PID_FILE_PATH',
  daemonLog: 'PM2_LOG_FILE_PATH',
  dump: 'PM2_DUMP_FILE_PATH',
  dumpBackup: 'PM2_DUMP_BACKUP_FILE_PATH',
  logsDir: 'PM2_DEFAULT_LOG_PATH',
  pidsDir: 'PM2_DEFAULT_PID_PATH',
  modulesDir: 'PM2_DEFAULT_MODULE_PATH',
  settings: 'PM2_MODULE_CONF_FILE',
} as const satisfies Partial<Record<keyof Paths, string>>;

function pm2Paths(home: string, env: NodeJS.ProcessEnv): Paths {
  const usual = {
    ...commonPaths(home),
    daemonPid: join(home, 'pm2.pid'),
    daemonLog: join(home, 'pm2.log'),
    dump: join(home, 'dump.pm2'),
    dumpBackup: join(home, 'dump.pm2.bak'),
  };
  const given = Object.entries(pm2Variables).flatMap(([key, name]) => {
    const path = env[name];
    return path ? [{ key, name, path: resolve(path) }] : [];
  });
  return {
    ...usual,
    ...Object.fromEntries(given.map(({ key, path }) => [key, path])),
    names: 'pm2',
    variables: { PM2_HOME: home, ...Object.fromEntries(given.map(({ name, path }) => [name, path])) },
  };
}

const commonPaths = (home: string) => ({
  home,
  daemonSocket: join(home, 'daemon.sock'),
  outputSocket: join(home, 'output.sock'),
  lockDir: join(home, 'lock'),
  state: join(home, 'state.json'),
  mastersDir: join(home, 'masters'),
  logsDir: join(home, 'logs'),
  pidsDir: join(home, 'pids'),
  modulesDir: join(home, 'modules'),
  settings: join(home, 'module_conf.json'),
});

export const masterSocket = (paths: Paths, id: string): string => join(paths.mastersDir, `${id}.sock`);
export const masterLog = (paths: Paths, id: string): string => join(paths.mastersDir, `${id}.log`);

/** The sockets of PM2's own client, in a home with the names of PM2. */
export const pm2Sockets = ({ home }: Paths): { rpc: string; pub: string } => ({
  rpc: join(home, 'rpc.sock'),
  pub: join(home, 'pub.sock'),
});

/** The name of an app as part of a file name: PM2's rule, so that existing log shippers keep matching. */
export const fileNameOf = (name: string): string => name.replace(/[^a-zA-Z0-9.-]/g, '-');

/**
 * Longest path a Unix socket can be bound to, without the closing zero byte (unix(7): sun_path has 108 bytes on
 * Linux; 104 on macOS and the BSDs).
 */
export const MAX_SOCKET_PATH_BYTES = process.platform === 'linux' ? 107 : 103;
