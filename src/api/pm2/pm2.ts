import type { DaemonRequests } from '../../protocol/messages.ts';
import { VERSION } from '../../shared/version.ts';
import type { Connection } from '../connection.ts';
import { assertNone } from '../pm-error.ts';
import { end, type Pm2Options, type Pm2Target, reload, restart, resurrect, start } from './acts.ts';
import type { Bus } from './bus.ts';
import { type Callback, callBack, splitCallback } from './callback.ts';
import { openBus } from './open-bus.ts';
import { listRecords, type Pm2Process, type Pm2Result } from './records.ts';
import { type Pm2Packet, sendData, sendMessage, signal, trigger, typeLine } from './talks.ts';

type Target = string | number;
type SimpleMethod = 'app.reset' | 'app.scale' | 'dump.save' | 'daemon.kill';
type Results = readonly Pm2Result[];

/** The API of PM2: its names, its arguments, its callbacks. Nothing is printed and nothing ends the program. */
export class Pm2 {
  readonly #connection: Connection;
  readonly #buses = new Set<Bus>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `noDaemon` is accepted: the daemon starts by itself when it is needed. */
  connect(noDaemon: boolean, callback?: Callback): void;
  connect(callback?: Callback): void;
  connect(...args: unknown[]): void {
    const { home, daemonSocket } = this.#connection.paths;
    const facts = { daemon_mode: true, new_pm2_instance: false, pm2_home: home };
    const sockets = { rpc_socket_file: daemonSocket, pub_socket_file: daemonSocket };
    const connected = this.#connection.call('daemon.ping', {}).then(() => ({ ...facts, ...sockets }));
    callBack(connected, splitCallback(args).callback);
  }

  /** Closes the bus as well. */
  disconnect(callback?: Callback<{ success: true }>): void {
    for (const bus of this.#buses) bus.close();
    this.#buses.clear();
    callBack(
      this.#connection.close().then(() => ({ success: true as const })),
      callback,
    );
  }

  close(callback?: Callback<{ success: true }>): void {
    this.disconnect(callback);
  }

  start(what: Pm2Target, options: Pm2Options, callback?: Callback<readonly (Pm2Process | Pm2Result)[]>): void;
  start(what: Pm2Target, callback?: Callback<readonly (Pm2Process | Pm2Result)[]>): void;
  start(...args: unknown[]): void {
    const { what, options, callback } = actArguments(args);
    callBack(start(this.#connection, what, options), callback);
  }

  restart(what: Pm2Target, options: Pm2Options, callback?: Callback<Results>): void;
  restart(what: Pm2Target, callback?: Callback<Results>): void;
  restart(...args: unknown[]): void {
    const { what, options, callback } = actArguments(args);
    callBack(restart(this.#connection, what, options), callback);
  }

  reload(what: Pm2Target, options: Pm2Options, callback?: Callback<Results>): void;
  reload(what: Pm2Target, callback?: Callback<Results>): void;
  reload(...args: unknown[]): void {
    const { what, options, callback } = actArguments(args);
    callBack(reload(this.#connection, what, options), callback);
  }

  stop(target: Target, callback?: Callback<Results>): void {
    callBack(end(this.#connection, 'app.stop', target), callback);
  }

  delete(target: Target, callback?: Callback<Results>): void {
    callBack(end(this.#connection, 'app.delete', target), callback);
  }

  /** Exporters of metrics pass an argument that means nothing before the callback. */
  list(ignored: unknown, callback: Callback<readonly Pm2Process[]>): void;
  list(callback: Callback<readonly Pm2Process[]>): void;
  list(...args: unknown[]): void {
    callBack(listRecords(this.#connection), splitCallback(args).callback);
  }

  /** An empty list where nothing is called so. */
  describe(target: Target, callback: Callback<readonly Pm2Process[]>): void {
    callBack(listRecords(this.#connection, target), callback);
  }

  reset(target: Target, callback?: Callback): void {
    this.#done('app.reset', { targets: [String(target)] }, callback);
  }

  scale(target: Target, to: number | string, callback?: Callback): void {
    const size = String(to).startsWith('+') ? { by: Number(to) } : { to: Number(to) };
    this.#done('app.scale', { target: String(target), ...size }, callback);
  }

  dump(force: boolean, callback?: Callback): void;
  dump(callback?: Callback): void;
  dump(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    this.#done('dump.save', { force: given[0] === true }, callback);
  }

  resurrect(callback?: Callback): void {
    const resurrected = resurrect(this.#connection).then(() => ({ success: true }));
    callBack(resurrected, callback);
  }

  killDaemon(callback?: Callback): void {
    this.#done('daemon.kill', {}, callback);
  }

  kill(callback?: Callback): void {
    this.killDaemon(callback);
  }

  getVersion(callback: Callback<string>): void {
    callBack(Promise.resolve(VERSION), callback);
  }

  ping(callback: Callback<{ msg: 'pong' }>): void {
    callBack(
      this.#connection.call('daemon.ping', {}).then(() => ({ msg: 'pong' as const })),
      callback,
    );
  }

  getPID(target: Target, callback?: Callback<readonly number[]>): void;
  getPID(callback?: Callback<readonly number[]>): void;
  getPID(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    const target = given[0] === undefined ? 'all' : String(given[0]);
    callBack(
      listRecords(this.#connection, target).then((records) => records.map(({ pid }) => pid)),
      callback,
    );
  }

  getProcessIdByName(name: string, callback: Callback<readonly number[]>): void {
    callBack(
      listRecords(this.#connection, name).then((records) => records.map(({ pm_id }) => pm_id)),
      callback,
    );
  }

  flush(target: Target, callback?: Callback<readonly Pm2Process[]>): void;
  flush(callback?: Callback<readonly Pm2Process[]>): void;
  flush(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    const targets = given[0] === undefined ? [] : [String(given[0])];
    const flushed = this.#connection.call('logs.flush', { targets });
    callBack(
      flushed.then(() => listRecords(this.#connection, targets[0])),
      callback,
    );
  }

  reloadLogs(callback?: Callback): void {
    callBack(this.#connection.call('logs.reopen', {}), callback);
  }

  sendSignalToProcessName(name: string, target: string, callback?: Callback<readonly Pm2Process[]>): void {
    callBack(signal(this.#connection, name, target), callback);
  }

  sendSignalToProcessId(name: string, pmId: Target, callback?: Callback<readonly Pm2Process[]>): void {
    callBack(signal(this.#connection, name, pmId), callback);
  }

  sendDataToProcessId(pmId: number, packet: Pm2Packet, callback?: Callback): void;
  sendDataToProcessId(packet: Pm2Packet, callback?: Callback): void;
  sendDataToProcessId(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    const packet = { ...(given.at(-1) as Pm2Packet), ...(given.length > 1 ? { id: Number(given[0]) } : {}) }; // checked by sendData
    callBack(sendData(this.#connection, packet), callback);
  }

  sendLineToStdin(pmId: number, line: string, separator: string, callback?: Callback): void;
  sendLineToStdin(pmId: number, line: string, callback?: Callback): void;
  sendLineToStdin(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    const [pmId, line, separator] = given;
    callBack(typeLine(this.#connection, Number(pmId), String(line), separator as string | undefined), callback); // a text, if given
  }

  trigger(target: Target, action: string, param: unknown, callback?: Callback): void;
  trigger(target: Target, action: string, callback?: Callback): void;
  trigger(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    callBack(trigger(this.#connection, String(given[0]), String(given[1]), given[2]), callback);
  }

  msgProcess(message: Parameters<typeof sendMessage>[1], callback?: Callback): void {
    callBack(sendMessage(this.#connection, message), callback);
  }

  /** The bus tells what happens from then on, until `disconnect()` or `bus.close()`. */
  launchBus(callback: (error: Error | null, bus?: Bus, socket?: Bus) => void): void {
    const opened = openBus(this.#connection).then((bus) => {
      this.#buses.add(bus);
      return bus;
    });
    callBack(opened, (error, bus) => callback(error, bus, bus));
  }

  #done<M extends SimpleMethod>(method: M, params: DaemonRequests[M]['params'], callback: Callback | undefined): void {
    const done = this.#connection.call(method, params).then((result) => {
      assertNone('problems' in result ? result.problems : []);
      return { success: true };
    });
    callBack(done, callback);
  }
}

function actArguments(args: readonly unknown[]): {
  what: Pm2Target;
  options: Pm2Options;
  callback: Callback | undefined;
} {
  const { given, callback } = splitCallback(args);
  const [what, options = {}] = given;
  return { what: what as Pm2Target, options: options as Pm2Options, callback }; // read as definitions, which checks them
}
