import { isRecord } from '../shared/is-record.ts';
import { NO_REPORT, type ReportedAction, type WorkerReport } from '../shared/worker-report.ts';
import { MessageAllowance, sizeOf } from './message-limits.ts';
import type { WorkerProcess } from './worker-process.ts';

/** Where messages of workers go when somebody wants them. */
export interface MessageOutlet {
  isWanted(): boolean;
  send(message: unknown): void;
  /** Takes what the app does not see: messages of our library in it, among others. */
  receive(process: WorkerProcess, message: unknown): void;
}

type Fields = { readonly [field: string]: unknown };

const MAX_ACTIONS = 100;
const MAX_METRICS = 200;
const MAX_METRIC_BYTES = 2048;

/** What PM2's libraries tell of themselves, for the list and not for listeners (PM2 reference 6.3). */
const CONSUMED = new Set(['axm:action', 'axm:monitor', 'axm:option:configuration', 'axm:option:setPID']);

/**
 * What one process sends over its IPC channel besides `ready`. It may send anything: what has not the form we know, or is too
 * large, is passed over and harms nobody. Costs next to nothing while the app is silent or nobody listens.
 */
export class WorkerInbox {
  readonly #outlet: MessageOutlet;
  #actions: Map<string, ReportedAction> | null = null;
  #metrics: Map<string, unknown> | null = null;
  #options: Fields | null = null;
  #allowance: MessageAllowance | null = null;
  #replyListeners: Set<(action: string, value: unknown) => void> | null = null;

  constructor(outlet: MessageOutlet) {
    this.#outlet = outlet;
  }

  get report(): WorkerReport {
    if (!this.#actions && !this.#metrics && !this.#options) return NO_REPORT;
    return {
      actions: [...(this.#actions?.values() ?? [])],
      metrics: Object.fromEntries(this.#metrics ?? []),
      options: this.#options ?? {},
    };
  }

  /** Calls back for every answer of an action. Returns "stop listening". */
  onReply(listener: (action: string, value: unknown) => void): () => void {
    this.#replyListeners ??= new Set();
    this.#replyListeners.add(listener);
    return () => void this.#replyListeners?.delete(listener);
  }

  receive(message: unknown, now = Date.now()): void {
    if (isRecord(message) && typeof message.type === 'string' && message.type.startsWith('axm:')) {
      this.#note(message.type, message.data);
      if (CONSUMED.has(message.type)) return;
    }
    if (this.#outlet.isWanted()) this.#passOn(message, now);
  }

  #note(type: string, data: unknown): void {
    if (!isRecord(data) || sizeOf(data) === null) return;
    if (type === 'axm:action') this.#addAction(data);
    else if (type === 'axm:monitor') this.#addMetrics(data);
    else if (type === 'axm:option:configuration') this.#options = data;
    else if (type === 'axm:reply' && typeof data.action_name === 'string') {
      for (const listener of this.#replyListeners ?? []) listener(data.action_name, data.return ?? null);
    }
  }

  #addAction({ action_name, action_type, arity, opts }: Fields): void {
    this.#actions ??= new Map();
    if (typeof action_name !== 'string' || !hasRoom(this.#actions, action_name, MAX_ACTIONS)) return;
    this.#actions.set(action_name, {
      action_name,
      action_type: typeof action_type === 'string' ? action_type : 'custom',
      arity: typeof arity === 'number' ? arity : 0,
      ...(opts === undefined || opts === null ? {} : { opts }),
    });
  }

  #addMetrics(data: Fields): void {
    this.#metrics ??= new Map();
    for (const [name, metric] of Object.entries(data)) {
      const size = (sizeOf(metric) ?? Number.POSITIVE_INFINITY) + name.length;
      if (size <= MAX_METRIC_BYTES && hasRoom(this.#metrics, name, MAX_METRICS)) this.#metrics.set(name, metric);
    }
  }

  #passOn(message: unknown, now: number): void {
    const size = sizeOf(message);
    this.#allowance ??= new MessageAllowance();
    if (size !== null && this.#allowance.take(size, now)) this.#outlet.send(message);
  }
}

const hasRoom = (map: ReadonlyMap<string, unknown>, key: string, max: number): boolean =>
  map.has(key) || map.size < max;
