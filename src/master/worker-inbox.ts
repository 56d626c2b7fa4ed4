import { NO_REPORT, type ReportedAction, type WorkerReport } from '../shared/worker-report.ts';
import { MessageAllowance, sizeOf } from './message-limits.ts';

/** Where messages of workers go when somebody wants them. */
export interface MessageOutlet {
  isWanted(): boolean;
  send(message: unknown): void;
}

type Fields = { readonly [field: string]: unknown };

const MAX_ACTIONS = 100;
const MAX_METRICS = 200;

/** What PM2's libraries tell of themselves, for the list and not for listeners (PM2 reference 6.3). */
const CONSUMED = new Set(['axm:action', 'axm:monitor', 'axm:option:configuration', 'axm:option:setPID']);

/**
 * What one process sends over its IPC channel besides `ready`. It may send anything: what has not the form we know, or is too
 * large, is passed over and harms nobody. Costs next to nothing while the app is silent or nobody listens.
 */
export class WorkerInbox {
  readonly #outlet: MessageOutlet;
  #report: WorkerReport = NO_REPORT;
  #allowance: MessageAllowance | null = null;
  #replyListeners: Set<(action: string, value: unknown) => void> | null = null;

  constructor(outlet: MessageOutlet) {
    this.#outlet = outlet;
  }

  get report(): WorkerReport {
    return this.#report;
  }

  /** Calls back for every answer of an action. Returns "stop listening". */
  onReply(listener: (action: string, value: unknown) => void): () => void {
    this.#replyListeners ??= new Set();
    this.#replyListeners.add(listener);
    return () => void this.#replyListeners?.delete(listener);
  }

  receive(message: unknown): void {
    if (isFields(message) && typeof message.type === 'string' && message.type.startsWith('axm:')) {
      this.#note(message.type, message.data);
      if (CONSUMED.has(message.type)) return;
    }
    if (this.#outlet.isWanted()) this.#passOn(message);
  }

  #note(type: string, data: unknown): void {
    if (!isFields(data) || sizeOf(data) === null) return;
    if (type === 'axm:action') this.#addAction(data);
    else if (type === 'axm:monitor') this.#addMetrics(data);
    else if (type === 'axm:option:configuration') this.#report = { ...this.#report, options: data };
    else if (type === 'axm:reply' && typeof data.action_name === 'string') {
      for (const listener of this.#replyListeners ?? []) listener(data.action_name, data.return ?? null);
    }
  }

  #addAction({ action_name, action_type, arity, opts }: Fields): void {
    if (typeof action_name !== 'string') return;
    const others = this.#report.actions.filter((action) => action.action_name !== action_name);
    if (others.length >= MAX_ACTIONS) return;
    const action: ReportedAction = {
      action_name,
      action_type: typeof action_type === 'string' ? action_type : 'custom',
      arity: typeof arity === 'number' ? arity : 0,
      ...(opts === undefined || opts === null ? {} : { opts }),
    };
    this.#report = { ...this.#report, actions: [...others, action] };
  }

  #addMetrics(data: Fields): void {
    const metrics = { ...this.#report.metrics, ...data };
    if (Object.keys(metrics).length <= MAX_METRICS && sizeOf(metrics) !== null)
      this.#report = { ...this.#report, metrics };
  }

  #passOn(message: unknown): void {
    const size = sizeOf(message);
    this.#allowance ??= new MessageAllowance();
    if (size !== null && this.#allowance.take(size, Date.now())) this.#outlet.send(message);
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
