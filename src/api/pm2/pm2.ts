import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DaemonRequests } from '../../protocol/messages.ts';
import { pathsOf, pm2Sockets } from '../../shared/paths.ts';
import { VERSION } from '../../shared/version.ts';
import { Connection } from '../connection.ts';
import { assertNone } from '../pm-error.ts';
import { end, type Pm2Options, type Pm2Target, reload, restart, resurrect, start } from './acts.ts';
import type { Bus } from './bus.ts';
import { type Callback, callBack, notFound, splitCallback } from './callback.ts';
import { openBus } from './open-bus.ts';
import { listRecords, type Pm2Process, type Pm2Result } from './records.ts';
import { Pm2Talks } from './talk-methods.ts';

type Target = string | number;
type SimpleMethod = 'app.reset' | 'app.scale' | 'dump.save' | 'daemon.kill';
type Results = Pm2Result[];

/** Of `new pm2.custom({ ... })`. */
export interface CustomOptions {
  /** Folder of the process manager, as PM2_HOME means one. Default: that of the environment. */
  readonly pm2_home?: string;
  /** A folder of its own, below that for temporary files. `destroy()` removes it. */
  readonly independent?: boolean;
  /** Where relative paths of scripts start. Default: the folder of the program. */
  readonly cwd?: string;
  /** Accepted: the daemon is always a process of its own. */
  readonly daemon_mode?: boolean;
  /** Accepted, for the vendor's service: */
  readonly public_key?: string;
  readonly secret_key?: string;
  readonly machine_name?: string;
}

/** The API of PM2: its names, its arguments, its callbacks. Nothing ends the program, and only methods that show something print. */
export class Pm2 extends Pm2Talks {
  /** The class, for a process manager in another home. */
  readonly custom = Pm2;
  readonly #cwd: string | undefined;
  readonly #buses = new Set<Bus>();

  constructor(options: CustomOptions = {}, connection?: Connection) {
    const env = environmentFor(options);
    super(env, connection ?? new Connection(pathsOf(env)));
    this.#cwd = options.cwd;
  }

  /** `noDaemon` is accepted: the daemon starts by itself when it is needed. */
  connect(noDaemon: boolean, callback?: Callback): void;
  connect(callback?: Callback): void;
  connect(...args: unknown[]): void {
    const { rpc, pub } = pm2Sockets(this.connection.paths);
    const { home } = this.connection.paths;
    const facts = { daemon_mode: true, pm2_home: home, rpc_socket_file: rpc, pub_socket_file: pub };
    const connected = this.connection
      .call('daemon.ping', {})
      .then(() => ({ ...facts, new_pm2_instance: this.connection.startedDaemon }));
    callBack(connected, splitCallback(args).callback);
  }

  /** Closes the bus as well. */
  disconnect(callback?: Callback<{ success: true }>): void {
    for (const bus of this.#buses) bus.close();
    this.#buses.clear();
    this.endCommands();
    callBack(
      this.connection.close().then(() => ({ success: true as const })),
      callback,
    );
  }

  close(callback?: Callback<{ success: true }>): void {
    this.disconnect(callback);
  }

  start(what: Pm2Target, options: Pm2Options, callback?: Callback<(Pm2Process | Pm2Result)[]>): void;
  start(what: Pm2Target, callback?: Callback<(Pm2Process | Pm2Result)[]>): void;
  start(...args: unknown[]): void {
    const { what, options, callback } = actArguments(args);
    callBack(start(this.connection, what, options, this.#cwd), callback);
  }

  restart(what: Pm2Target, options: Pm2Options, callback?: Callback<Results>): void;
  restart(what: Pm2Target, callback?: Callback<Results>): void;
  restart(...args: unknown[]): void {
    const { what, options, callback } = actArguments(args);
    callBack(restart(this.connection, what, options), callback, wordingFor(what));
  }

  reload(what: Pm2Target, options: Pm2Options, callback?: Callback<Results>): void;
  reload(what: Pm2Target, callback?: Callback<Results>): void;
  reload(...args: unknown[]): void {
    const { what, options, callback } = actArguments(args);
    callBack(reload(this.connection, what, options), callback, wordingFor(what));
  }

  stop(target: Target, callback?: Callback<Results>): void {
    callBack(end(this.connection, 'app.stop', target), callback, notFound(target));
  }

  delete(target: Target, callback?: Callback<Results>): void {
    callBack(end(this.connection, 'app.delete', target), callback, notFound(target));
  }

  /** Exporters of metrics pass an argument that means nothing before the callback. */
  list(ignored: unknown, callback: Callback<Pm2Process[]>): void;
  list(callback: Callback<Pm2Process[]>): void;
  list(...args: unknown[]): void {
    callBack(listRecords(this.connection), splitCallback(args).callback);
  }

  /** An empty list where nothing is called so. */
  describe(target: Target, callback: Callback<Pm2Process[]>): void {
    callBack(listRecords(this.connection, target), callback);
  }

  reset(target: Target, callback?: Callback): void {
    this.#done('app.reset', { targets: [String(target)] }, callback, { 'target/not-found': 'Unknown process name' });
  }

  scale(target: Target, to: number | string, callback?: Callback): void {
    const size = String(to).startsWith('+') ? { by: Number(to) } : { to: Number(to) };
    this.#done('app.scale', { target: String(target), ...size }, callback, { 'target/not-found': 'App not found' });
  }

  dump(force: boolean, callback?: Callback): void;
  dump(callback?: Callback): void;
  dump(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    this.#done('dump.save', { force: given[0] === true }, callback);
  }

  resurrect(callback?: Callback): void {
    const resurrected = resurrect(this.connection).then(() => ({ success: true }));
    callBack(resurrected, callback);
  }

  killDaemon(callback?: Callback): void {
    this.#done('daemon.kill', {}, callback);
  }

  kill(callback?: Callback): void {
    this.killDaemon(callback);
  }

  /** Ends everything and removes the home, unless that is one that a user has by default. */
  destroy(callback?: Callback): void {
    const { home } = this.connection.paths;
    const destroyed = this.connection.call('daemon.kill', {}).then(async () => {
      await this.connection.close();
      if (/\.pm2?(\/|$)/.test(home)) throw new Error(`${home} is not removed: it is a home by default.`);
      await rm(home, { recursive: true, force: true });
      return { success: true };
    });
    callBack(destroyed, callback);
  }

  /** Modules start with the daemon. */
  launchModules(callback?: Callback): void {
    callBack(this.connection.call('daemon.ping', {}), callback);
  }

  getVersion(callback: Callback<string>): void {
    callBack(Promise.resolve(VERSION), callback);
  }

  ping(callback: Callback<{ msg: 'pong' }>): void {
    callBack(
      this.connection.call('daemon.ping', {}).then(() => ({ msg: 'pong' as const })),
      callback,
    );
  }

  getPID(target: Target, callback?: Callback<number[]>): void;
  getPID(callback?: Callback<number[]>): void;
  getPID(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    const target = given[0] === undefined ? undefined : String(given[0]);
    callBack(
      listRecords(this.connection, target).then((records) => records.map(({ pid }) => pid)),
      callback,
    );
  }

  getProcessIdByName(name: string, callback: Callback<number[]>): void {
    callBack(
      listRecords(this.connection, name).then((records) => records.map(({ pm_id }) => pm_id)),
      callback,
    );
  }

  flush(target: Target, callback?: Callback<Pm2Process[]>): void;
  flush(callback?: Callback<Pm2Process[]>): void;
  flush(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    const targets = given[0] === undefined ? [] : [String(given[0])];
    const flushed = this.connection.call('logs.flush', { targets });
    callBack(
      flushed.then(() => listRecords(this.connection)),
      callback,
    );
  }

  reloadLogs(callback?: Callback): void {
    callBack(this.connection.call('logs.reopen', {}), callback);
  }

  /** The bus tells what happens from then on, until `disconnect()` or `bus.close()`. */
  launchBus(callback: (error: Error, bus: Bus, socket: Bus) => void): void {
    const opened = openBus(this.connection).then((bus) => {
      this.#buses.add(bus);
      return bus;
    });
    callBack(opened, (error, bus) => callback(error, bus, bus));
  }

  #done<M extends SimpleMethod>(
    method: M,
    params: DaemonRequests[M]['params'],
    callback: Callback | undefined,
    wordings: Readonly<Record<string, string>> = {},
  ): void {
    const done = this.connection.call(method, params).then((result) => {
      assertNone('problems' in result ? result.problems : []);
      return { success: true };
    });
    callBack(done, callback, wordings);
  }
}

function environmentFor({ pm2_home, independent = false }: CustomOptions): NodeJS.ProcessEnv {
  if (independent && pm2_home !== undefined) throw new Error('pm2_home and independent cannot be used together.');
  const home = independent ? join(tmpdir(), randomBytes(8).toString('hex')) : pm2_home;
  return home === undefined ? process.env : { ...process.env, PM_HOME: '', PM2_HOME: resolve(home) };
}

const wordingFor = (what: Pm2Target) => (typeof what === 'object' ? {} : notFound(what));

function actArguments(args: readonly unknown[]): {
  what: Pm2Target;
  options: Pm2Options;
  callback: Callback | undefined;
} {
  const { given, callback } = splitCallback(args);
  const [what, options = {}] = given;
  return { what: what as Pm2Target, options: options as Pm2Options, callback }; // read as definitions, which checks them
}
