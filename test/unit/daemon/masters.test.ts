import { describe, expect, test } from 'vitest';
import type { AppEntry } from '../../../src/daemon/app-list.ts';
import { healDelayMs } from '../../../src/daemon/heal-delay.ts';
import { findLeftovers } from '../../../src/daemon/leftover-workers.ts';
import { masterIdFor, sameMaster } from '../../../src/daemon/master-id.ts';
import type { ProcessRow } from '../../../src/daemon/process-table.ts';
import { appSpec, listedWorker } from '../../helpers/listed-app.ts';

describe('which master an app gets', () => {
  test.each([
    ['cluster mode: one of its own', {}, ['fork', '1', '3'], '2'],
    ['fork mode: the common one', { execMode: 'fork' }, ['fork'], 'fork'],
    ['a pool: the one of that name', { pool: 'small', execMode: 'fork' }, ['small'], 'small'],
  ] as const)('%s', (_what, given, taken, expected) => {
    expect(masterIdFor(appSpec(given), taken)).toBe(expected);
  });

  test('another mode or pool is another master; nothing else is', () => {
    expect(sameMaster(appSpec(), appSpec({ instances: 9, script: '/other.js' }))).toBe(true);
    expect(sameMaster(appSpec(), appSpec({ execMode: 'fork' }))).toBe(false);
    expect(sameMaster(appSpec({ pool: 'a' }), appSpec({ pool: 'b' }))).toBe(false);
  });
});

describe('how long a dead master is left dead', () => {
  test('not at all the first time, longer each time, and never for ever', () => {
    const now = 1_000_000;
    const after = (deaths: number) => healDelayMs(Array(deaths).fill(now), now);
    expect([1, 2, 3, 4, 20].map(after)).toEqual([0, 250, 500, 1000, 15_000]);
    expect(healDelayMs([now - 61_000, now - 60_000, now], now)).toBe(0);
  });
});

describe('what a dead master left behind', () => {
  const home = '/home/me/.pm';
  const row = (pid: number, more: Partial<ProcessRow> = {}): ProcessRow => ({
    pid,
    parent: 1,
    startTicks: pid * 10,
    environment: [],
    ...more,
  });
  const entry = (treekill = true): AppEntry => ({
    key: 'default/api',
    spec: appSpec({ treekill, killSignal: 'SIGTERM' }),
    masterId: '1',
    workers: [
      { view: listedWorker({ pmId: 0, pid: 100, startTicks: 1000 }), shouldRun: true },
      { view: listedWorker({ pmId: 1, pid: 101, startTicks: 4 }), shouldRun: true },
    ],
  });
  const table = [
    row(100),
    row(101), // another process: its start time differs
    row(200, { parent: 100 }),
    row(300, { parent: 200 }),
    row(400, { environment: ['pm_id=1', `PM2_HOME=${home}`] }), // gone from the tree
    row(401, { environment: ['pm_id=1', 'PM2_HOME=/another'] }),
    row(402, { environment: ['pm_id=12', `PM2_HOME=${home}`] }),
    row(500, { parent: 400 }),
    row(600),
  ];

  test('its workers, what they started, and what carries their marks', () => {
    const leftovers = findLeftovers(table, home, [entry()]);
    expect(leftovers.map(({ pid }) => pid).sort()).toEqual([100, 200, 300, 400, 500]);
    expect(new Set(leftovers.map(({ signal }) => signal))).toEqual(new Set(['SIGTERM']));
  });

  test('the workers alone when the app wants its tree to be left', () => {
    expect(findLeftovers(table, home, [entry(false)]).map(({ pid }) => pid)).toEqual([100]);
  });
});
