import { constants } from 'node:os';
import { problem } from '../../shared/problems.ts';
import { matchTarget } from '../../shared/target.ts';
import type { Connection } from '../connection.ts';
import { assertNone, PmError } from '../pm-error.ts';
import { listApps, listRecords, type Pm2Process } from './records.ts';

const TRIGGER_MS = 30_000;

/** A packet for a worker: `topic` and `data` are required. */
export interface Pm2Packet {
  readonly id?: number;
  readonly type?: string;
  readonly topic: string | boolean;
  readonly data: unknown;
  readonly [key: string]: unknown;
}

export async function signal(connection: Connection, name: string, target: string | number): Promise<Pm2Process[]> {
  if (!Object.hasOwn(constants.signals, name))
    throw new PmError({ ...problem('signal/unknown', { signal: name }), message: `Unknown signal: ${name}` });
  const { problems } = await connection.call('app.signal', { targets: [String(target)], signal: name });
  assertNone(problems);
  return listRecords(connection);
}

export async function sendData(connection: Connection, packet: Pm2Packet): Promise<{ success: true; data: Pm2Packet }> {
  const { id, topic, data } = packet;
  if (id === undefined || !topic || data === undefined) {
    throw new PmError(problem('usage/invalid', { message: 'ID, DATA or TOPIC field is missing' }));
  }
  await connection.call('worker.send', { pmId: Number(packet.id), message: packet });
  return { success: true, data: packet };
}

export async function typeLine(connection: Connection, pmId: number, line: string, separator = '\n') {
  await connection.call('worker.type', { pmId: Number(pmId), text: `${line}${separator}` });
  return { pm_id: Number(pmId), line };
}

/** What each worker answered, as the packet it came in. */
export async function trigger(connection: Connection, target: string | number, action: string, param?: unknown) {
  const { replies, problems } = await connection.call('app.trigger', {
    targets: [String(target)],
    action,
    timeoutMs: TRIGGER_MS,
    ...(param === undefined || param === null ? {} : { param: String(param) }),
  });
  assertNone([...problems, ...replies.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.problem]))]);
  const at = Date.now();
  return replies.map(({ pmId, name, namespace, outcome }) => ({
    process: { pm_id: pmId, name, namespace, rev: null },
    data: { at, action_name: action, return: outcome.ok ? outcome.value : null },
    at,
  }));
}

/** Gives a message to every worker of a name, where there may be none, or to one. */
export async function sendMessage(
  connection: Connection,
  { id, name, msg, opts, uuid }: { id?: number; name?: string; msg: string; opts?: unknown; uuid?: string },
): Promise<{ process_count: number; success: true }> {
  const pmIds = matchTarget(await listApps(connection), String(id ?? name)).flatMap((match) => match.pmIds);
  if (pmIds.length === 0 && id !== undefined) throw new PmError(problem('worker/not-found', { pmId: id }));
  const message = opts === undefined && uuid === undefined ? msg : { msg, opts, id, name, uuid };
  await Promise.all(pmIds.map((pmId) => connection.call('worker.send', { pmId, message })));
  return { process_count: pmIds.length, success: true };
}
