import { isRecord } from '../shared/is-record.ts';
import type { Outcome } from '../shared/outcome.ts';
import { type Problem, type ProblemCode, problem } from '../shared/problems.ts';

/** What ties a reply to its request: whatever the client chose. */
export type RequestId = number | string;

/** A line read from the other side, told apart by shape (https://www.jsonrpc.org/specification). Batches are not spoken. */
export type Message =
  | { readonly kind: 'request'; readonly id: RequestId; readonly method: string; readonly params: unknown }
  | { readonly kind: 'notification'; readonly method: string; readonly params: unknown }
  | { readonly kind: 'reply'; readonly id: RequestId; readonly outcome: Outcome<unknown> }
  /** `fatal`: not JSON of ours at all, so nothing after it can be trusted either. */
  | { readonly kind: 'bad'; readonly id: RequestId | null; readonly reason: string; readonly fatal: boolean };

/** Deepest nesting of a message. Ours need about 8; a hostile one could exhaust the stack of whoever walks through it. */
const MAX_DEPTH = 64;

export function parseMessage(line: string): Message {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'bad', id: null, reason: 'it is not JSON', fatal: true };
  }
  if (isDeeperThan(value, MAX_DEPTH)) {
    return { kind: 'bad', id: null, reason: `it is nested deeper than ${MAX_DEPTH} levels`, fatal: true };
  }
  return isRecord(value) ? tellApart(value) : { kind: 'bad', id: null, reason: 'it is not an object', fatal: false };
}

function tellApart(value: Readonly<Record<string, unknown>>): Message {
  const { id, method, params } = value;
  const known = typeof id === 'number' || typeof id === 'string' ? id : null;
  const bad = (reason: string): Message => ({ kind: 'bad', id: known, reason, fatal: false });
  if (value.jsonrpc !== '2.0') return bad('"jsonrpc" is not "2.0"');
  if (id !== undefined && id !== null && known === null) return bad('"id" is neither a number nor a string');
  if (method !== undefined) {
    if (typeof method !== 'string') return bad('"method" is not a string');
    return known === null ? { kind: 'notification', method, params } : { kind: 'request', id: known, method, params };
  }
  if (known === null) return bad(isRecord(value.error) ? errorText(value.error) : 'there is no "method"');
  if ('result' in value) return { kind: 'reply', id: known, outcome: { ok: true, value: value.result } };
  if (isRecord(value.error)) {
    return { kind: 'reply', id: known, outcome: { ok: false, problem: problemOf(value.error) } };
  }
  return bad('there is neither "method", "result" nor "error"');
}

export const requestMessage = (id: RequestId, method: string, params: unknown): object => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});

export const notificationMessage = (method: string, params: unknown): object => ({ jsonrpc: '2.0', method, params });

/** A failure travels as an error whose `data` is the problem as it is. */
export function replyMessage(id: RequestId | null, outcome: Outcome<unknown>): object {
  if (outcome.ok) return { jsonrpc: '2.0', id, result: outcome.value ?? null };
  const { code, message } = outcome.problem;
  return { jsonrpc: '2.0', id, error: { code: errorCodes[code] ?? OUR_ERROR, message, data: outcome.problem } };
}

/** First of the codes that the specification leaves to the server. */
const OUR_ERROR = -32000;

const errorCodes: { readonly [C in ProblemCode]?: number } = {
  'protocol/bad-message': -32600,
  'protocol/unknown-method': -32601,
  'internal/error': -32603,
};

function problemOf(error: Readonly<Record<string, unknown>>): Problem {
  const data = error.data;
  if (isRecord(data) && typeof data.code === 'string' && typeof data.message === 'string') {
    return data as unknown as Problem; // made by replyMessage of our own server, where the compiler saw it
  }
  return problem('internal/error', { reason: errorText(error) });
}

const errorText = (error: Readonly<Record<string, unknown>>): string =>
  typeof error.message === 'string' ? error.message : 'an error without a message';

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) if (isDeeperThan(inner, levels - 1)) return true;
  return false;
}
