import type { Connection } from '../connection.ts';
import { type Callback, callBack, splitCallback, unknownId } from './callback.ts';
import { Pm2Commands } from './commands.ts';
import type { Pm2Process } from './records.ts';
import { type Pm2Packet, sendData, sendMessage, signal, trigger, typeLine } from './talks.ts';

type Target = string | number;

/** Of PM2's API: what programs say to running workers. */
export abstract class Pm2Talks extends Pm2Commands {
  protected readonly connection: Connection;

  constructor(env: NodeJS.ProcessEnv, connection: Connection) {
    super(env);
    this.connection = connection;
  }

  sendSignalToProcessName(name: string, target: string, callback?: Callback<Pm2Process[]>): void {
    callBack(signal(this.connection, name, target), callback, { 'target/not-found': 'Unknown process name' });
  }

  sendSignalToProcessId(name: string, pmId: Target, callback?: Callback<Pm2Process[]>): void {
    callBack(signal(this.connection, name, pmId), callback, { 'target/not-found': `${pmId} id unknown` });
  }

  sendDataToProcessId(pmId: number, packet: Pm2Packet, callback?: Callback): void;
  sendDataToProcessId(packet: Pm2Packet, callback?: Callback): void;
  sendDataToProcessId(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    const packet = { ...(given.at(-1) as Pm2Packet), ...(given.length > 1 ? { id: Number(given[0]) } : {}) }; // checked by sendData
    callBack(sendData(this.connection, packet), callback, unknownId(Number(packet.id)));
  }

  sendLineToStdin(pmId: number, line: string, separator: string, callback?: Callback): void;
  sendLineToStdin(pmId: number, line: string, callback?: Callback): void;
  sendLineToStdin(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    const [pmId, line, separator] = given;
    const typed = typeLine(this.connection, Number(pmId), String(line), separator as string | undefined); // a text, if given
    callBack(typed, callback, unknownId(Number(pmId)));
  }

  trigger(target: Target, action: string, param: unknown, callback?: Callback): void;
  trigger(target: Target, action: string, callback?: Callback): void;
  trigger(...args: unknown[]): void {
    const { given, callback } = splitCallback(args);
    const replies = trigger(this.connection, String(given[0]), String(given[1]), given[2]);
    callBack(replies, callback, { 'target/not-found': 'Unknown process' });
  }

  msgProcess(message: Parameters<typeof sendMessage>[1], callback?: Callback): void {
    callBack(sendMessage(this.connection, message), callback, unknownId(message.id ?? ''));
  }
}
