import { unreachable } from '../shared/unreachable.ts';
import { type CrashHistory, type Exit, judge, NO_CRASHES, type RestartPolicy } from './restart-policy.ts';

/**
 * One slot of an app, as its master sees it.
 *
 *   stopped ──start──▶ launching ──ready──▶ online ──stop──▶ stopping ──exited──▶ stopped
 *                        │   ▲                │                  └─ next launch ─▶ launching
 *                        └───┼──── exited ────┴──▶ waiting-restart ──due──▶ launching
 *                            │                └──▶ errored (too many bad exits), stopped (not to be restarted)
 *                         replaced: a reload put another, ready process in its place; from any state to online
 */
export type WorkerState =
  /** `finished`: it ended by itself. */
  | { readonly status: 'stopped'; readonly finished?: true }
  | { readonly status: 'launching' }
  | { readonly status: 'online' }
  | { readonly status: 'stopping'; readonly next: 'rest' | 'launch' }
  | { readonly status: 'waiting-restart'; readonly dueAt: number }
  | { readonly status: 'errored' };

/** A state and what outlives it. */
export interface WorkerRecord {
  readonly state: WorkerState;
  readonly restarts: number;
  readonly history: CrashHistory;
  /** When the worker was declared or last started by hand, ms since the epoch. */
  readonly createdAt: number;
}

export type WorkerEvent =
  | { readonly type: 'start'; readonly at: number }
  | { readonly type: 'restart'; readonly at: number }
  | { readonly type: 'stop' }
  | { readonly type: 'ready' }
  | { readonly type: 'exited'; readonly at: number; readonly exit: Exit; readonly policy: RestartPolicy }
  | { readonly type: 'due' }
  | { readonly type: 'replaced'; readonly at: number }
  | { readonly type: 'reset'; readonly at: number };

export type Effect =
  | { readonly do: 'launch' }
  | { readonly do: 'stop-process' }
  | { readonly do: 'schedule'; readonly at: number }
  | { readonly do: 'cancel-schedule' };

export interface Step {
  readonly record: WorkerRecord;
  readonly effects: readonly Effect[];
}

export const newRecord = (createdAt: number, restarts = 0, finished = false): WorkerRecord => ({
  state: finished ? { status: 'stopped', finished } : { status: 'stopped' },
  restarts,
  history: NO_CRASHES,
  createdAt,
});

/** The only place that knows what follows what. Pure; the time comes with the event. */
export function next(record: WorkerRecord, event: WorkerEvent): Step {
  switch (event.type) {
    case 'start':
      return onStart(record, event.at);
    case 'restart':
      return onRestart(record, event.at);
    case 'stop':
      return onStop(record);
    case 'ready':
      return record.state.status === 'launching' ? moveTo(record, { status: 'online' }) : stay(record);
    case 'exited':
      return onExited(record, event);
    case 'due':
      return record.state.status === 'waiting-restart' ? launch(counted(record)) : stay(record);
    case 'replaced':
      return moveTo(counted(fresh(record, event.at)), { status: 'online' }, [{ do: 'cancel-schedule' }]);
    case 'reset':
      return stay({ ...fresh(record, event.at), restarts: 0 });
    default:
      return unreachable(event);
  }
}

function onStart(record: WorkerRecord, at: number): Step {
  switch (record.state.status) {
    case 'stopped':
    case 'errored':
    case 'waiting-restart':
      return launch(fresh(record, at));
    case 'stopping':
      return moveTo(fresh(record, at), { status: 'stopping', next: 'launch' });
    case 'launching':
    case 'online':
      return stay(record);
    default:
      return unreachable(record.state);
  }
}

function onRestart(record: WorkerRecord, at: number): Step {
  const { status } = record.state;
  if (status !== 'launching' && status !== 'online') return onStart(record, at);
  return moveTo(counted(fresh(record, at)), { status: 'stopping', next: 'launch' }, [{ do: 'stop-process' }]);
}

function onStop(record: WorkerRecord): Step {
  switch (record.state.status) {
    case 'launching':
    case 'online':
      return moveTo(record, { status: 'stopping', next: 'rest' }, [{ do: 'stop-process' }]);
    case 'stopping':
      return moveTo(record, { status: 'stopping', next: 'rest' });
    case 'waiting-restart':
    case 'errored':
      return moveTo(record, { status: 'stopped' }, [{ do: 'cancel-schedule' }]);
    case 'stopped':
      return moveTo(record, { status: 'stopped' }); // by hand now
    default:
      return unreachable(record.state);
  }
}

function onExited(record: WorkerRecord, event: Extract<WorkerEvent, { type: 'exited' }>): Step {
  switch (record.state.status) {
    case 'stopping':
      return record.state.next === 'launch' ? launch(record) : moveTo(record, { status: 'stopped' });
    case 'launching':
    case 'online':
      return afterCrash(record, event);
    case 'stopped':
    case 'errored':
    case 'waiting-restart':
      throw new Error(`A worker exited while ${record.state.status}: nothing was running`);
    default:
      return unreachable(record.state);
  }
}

function afterCrash(record: WorkerRecord, { exit, policy, at }: Extract<WorkerEvent, { type: 'exited' }>): Step {
  const ruling = judge(exit, record.history, policy);
  const judged = { ...record, history: ruling.history };
  switch (ruling.verdict) {
    case 'rest':
      return moveTo(judged, { status: 'stopped', finished: true });
    case 'give-up':
      return moveTo(judged, { status: 'errored' });
    case 'restart': {
      if (ruling.delayMs === 0) return launch(counted(judged));
      const dueAt = at + ruling.delayMs;
      return moveTo(judged, { status: 'waiting-restart', dueAt }, [{ do: 'schedule', at: dueAt }]);
    }
    default:
      return unreachable(ruling);
  }
}

const stay = (record: WorkerRecord): Step => ({ record, effects: [] });
const moveTo = (record: WorkerRecord, state: WorkerState, effects: readonly Effect[] = []): Step => ({
  record: { ...record, state },
  effects,
});
const launch = (record: WorkerRecord): Step =>
  moveTo(record, { status: 'launching' }, [{ do: 'cancel-schedule' }, { do: 'launch' }]);
const counted = (record: WorkerRecord): WorkerRecord => ({ ...record, restarts: record.restarts + 1 });
const fresh = (record: WorkerRecord, at: number): WorkerRecord => ({ ...record, history: NO_CRASHES, createdAt: at });
