import type { AppSpec } from '../shared/app-spec.ts';
import type { Usage, WorkerView } from '../shared/worker-view.ts';
import type { Action } from './action.ts';
import type { History } from './history.ts';
import { type LogBuffer, NO_LOGS } from './log-buffer.ts';

/** Everything that the screen shows, as a value. Changed by apply-event.ts (the world) and press-key.ts (the user). */
export interface Model {
  readonly connection: 'waiting' | 'up' | 'lost';
  /** When the source told anything last, ms since the epoch. It tells the usage every second. */
  readonly heardAt: number;
  /** By appKey. */
  readonly apps: ReadonlyMap<string, AppModel>;
  /** By pm id. */
  readonly usage: ReadonlyMap<number, Usage>;
  readonly histories: ReadonlyMap<number, History>;
  readonly selected: RowKey | null;
  /** Apps whose workers are not listed, by appKey. */
  readonly folded: ReadonlySet<string>;
  /** Part of the names that are listed; empty: all. */
  readonly filter: string;
  readonly focus: 'list' | 'logs';
  readonly logs: LogBuffer;
  readonly prompt: Prompt;
  readonly message: Message | null;
  readonly running: readonly RunningAction[];
}

export interface AppModel {
  readonly spec: AppSpec;
  /** By slot. */
  readonly workers: readonly WorkerView[];
}

/** A row of the list: an app, or one of its workers. */
export interface RowKey {
  readonly app: string;
  readonly pmId: number | null;
}

/** What keys mean at the moment. */
export type Prompt =
  | { readonly kind: 'none' }
  | { readonly kind: 'help' }
  | { readonly kind: 'filter'; readonly before: string }
  | { readonly kind: 'consent'; readonly question: string; readonly effect: Effect };

/** What the dashboard is to do about a key. */
export type Effect = { readonly type: 'act'; readonly action: Action } | { readonly type: 'quit' };

/** Result of an action, shown until the next key. */
export interface Message {
  readonly tone: 'good' | 'bad';
  readonly lines: readonly string[];
}

interface RunningAction {
  readonly id: number;
  readonly action: Action;
  readonly startedAt: number;
}

export const NO_PROMPT: Prompt = { kind: 'none' };

export const EMPTY_MODEL: Model = {
  connection: 'waiting',
  heardAt: 0,
  apps: new Map(),
  usage: new Map(),
  histories: new Map(),
  selected: null,
  folded: new Set(),
  filter: '',
  focus: 'list',
  logs: NO_LOGS,
  prompt: NO_PROMPT,
  message: null,
  running: [],
};
