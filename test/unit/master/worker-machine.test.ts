import { describe, expect, test } from 'vitest';
import type { RestartPolicy } from '../../../src/master/restart-policy.ts';
import {
  newRecord,
  next,
  type WorkerEvent,
  type WorkerRecord,
  type WorkerState,
} from '../../../src/master/worker-machine.ts';

const policy: RestartPolicy = {
  autorestart: true,
  stopExitCodes: [0],
  maxRestarts: 16,
  minUptimeMs: 1000,
  restartDelayMs: 500,
  expBackoffRestartDelayMs: 0,
};
const at = 5000;
const exited = (code: number, change: Partial<RestartPolicy> = {}): WorkerEvent => ({
  type: 'exited',
  at,
  exit: { code, uptimeMs: 20, neverReady: false },
  policy: { ...policy, ...change },
});
const start: WorkerEvent = { type: 'start', at };
const restart: WorkerEvent = { type: 'restart', at };
const stop: WorkerEvent = { type: 'stop' };
const ready: WorkerEvent = { type: 'ready' };
const due: WorkerEvent = { type: 'due' };
const replaced: WorkerEvent = { type: 'replaced', at };

const stopped: WorkerState = { status: 'stopped' };
const finished: WorkerState = { status: 'stopped', finished: true };
const launching: WorkerState = { status: 'launching' };
const online: WorkerState = { status: 'online' };
const stopping: WorkerState = { status: 'stopping', next: 'rest' };
const restarting: WorkerState = { status: 'stopping', next: 'launch' };
const waiting: WorkerState = { status: 'waiting-restart', dueAt: 5500 };
const errored: WorkerState = { status: 'errored' };

const inState = (state: WorkerState): WorkerRecord => ({ ...newRecord(0, 3), state });

describe('a slot', () => {
  // [state, event, state after it, effects, restarts after it (3 before)]
  test.each<[WorkerState, WorkerEvent, WorkerState, string[], number]>([
    [stopped, start, launching, ['cancel-schedule', 'launch'], 3],
    [errored, start, launching, ['cancel-schedule', 'launch'], 3],
    [waiting, start, launching, ['cancel-schedule', 'launch'], 3],
    [launching, start, launching, [], 3],
    [online, start, online, [], 3],
    [stopping, start, restarting, [], 3],
    [online, restart, restarting, ['stop-process'], 4],
    [launching, restart, restarting, ['stop-process'], 4],
    [waiting, restart, launching, ['cancel-schedule', 'launch'], 3],
    [stopped, restart, launching, ['cancel-schedule', 'launch'], 3],
    [stopping, restart, restarting, [], 3],
    [launching, stop, stopping, ['stop-process'], 3],
    [online, stop, stopping, ['stop-process'], 3],
    [restarting, stop, stopping, [], 3],
    [waiting, stop, stopped, ['cancel-schedule'], 3],
    [errored, stop, stopped, ['cancel-schedule'], 3],
    [stopped, stop, stopped, [], 3],
    [finished, stop, stopped, [], 3],
    [launching, ready, online, [], 3],
    [stopping, ready, stopping, [], 3],
    [online, exited(1), waiting, ['schedule'], 3],
    [launching, exited(1), waiting, ['schedule'], 3],
    [online, exited(1, { restartDelayMs: 0 }), launching, ['cancel-schedule', 'launch'], 4],
    [online, exited(0), finished, [], 3],
    [launching, exited(1, { maxRestarts: 1 }), errored, [], 3],
    [stopping, exited(1), stopped, [], 3],
    [restarting, exited(1), launching, ['cancel-schedule', 'launch'], 3],
    [waiting, due, launching, ['cancel-schedule', 'launch'], 4],
    [stopped, due, stopped, [], 3],
    [online, replaced, online, ['cancel-schedule'], 4],
    [waiting, replaced, online, ['cancel-schedule'], 4],
  ])('%j, on %j: %j', (before, event, after, effects, restarts) => {
    const step = next(inState(before), event);
    expect(step.record.state).toEqual(after);
    expect(step.effects.map((effect) => effect.do)).toEqual(effects);
    expect(step.record.restarts).toBe(restarts);
  });

  test.each([stopped, errored, waiting])('an exit while %j is a bug, and says so', (state) => {
    expect(() => next(inState(state), exited(1))).toThrow('nothing was running');
  });

  test('a start by hand forgets the crashes before it', () => {
    const crashed = { ...inState(errored), history: { unstable: 9, backoffMs: 700 } };
    expect(next(crashed, start).record).toMatchObject({ history: { unstable: 0, backoffMs: 0 }, createdAt: at });
  });
});
