import { describe, expect, test } from 'vitest';
import { AppList } from '../../../src/daemon/app-list.ts';
import { freeSlots, lastWorkers } from '../../../src/daemon/slots.ts';
import type { PoolEvent } from '../../../src/protocol/messages.ts';
import type { Status } from '../../../src/shared/worker-view.ts';
import { appSpec, listedWorker } from '../../helpers/listed-app.ts';

const spec = appSpec({ name: 'api' });
const app = 'default/api';
const changed = (pmId: number, status: Status = 'online', slot = pmId): PoolEvent => ({
  type: 'worker-changed',
  app,
  worker: listedWorker({ pmId, slot, status }),
});

describe('ids of workers', () => {
  test('count on while there is an app, also over one that was adopted, and begin at 0 when there is none', () => {
    const list = new AppList(() => {});
    list.declare(spec, '1');
    expect(list.takePmIds(2)).toEqual([0, 1]);
    list.apply(changed(0));
    list.apply(changed(7));
    expect(list.takePmIds(1)).toEqual([8]);
    list.apply({ type: 'worker-removed', app, pmId: 0 });
    expect(list.takePmIds(1)).toEqual([9]);
    list.apply({ type: 'worker-removed', app, pmId: 7 });
    expect(list.isEmpty).toBe(true);
    expect(list.takePmIds(1)).toEqual([0]);
  });
});

describe('what should run', () => {
  test.each<[Status[], boolean]>([
    [['launching', 'online'], true],
    [['online', 'stopping'], true],
    [['online', 'stopping', 'stopped'], false],
    [['stopped', 'stopping'], false],
    [['launching', 'waiting restart'], true],
    [['launching', 'errored'], false],
  ])('after %j: %s', (statuses, expected) => {
    const list = new AppList(() => {});
    list.declare(spec, '1');
    for (const status of statuses) list.apply(changed(0, status));
    expect(list.get(app)?.workers[0]?.shouldRun).toBe(expected);
  });
});

describe('a snapshot of a master', () => {
  test('takes the place of what was known of that master, and of no other', () => {
    const told: PoolEvent[] = [];
    const list = new AppList((event) => told.push(event));
    list.declare(spec, '1');
    list.apply(changed(0));
    list.apply(changed(1));
    list.declare(appSpec({ name: 'gone' }), '1');
    list.apply({ type: 'worker-changed', app: 'default/gone', worker: listedWorker({ pmId: 2 }) });
    list.declare(appSpec({ name: 'other' }), '2');
    list.apply({ type: 'worker-changed', app: 'default/other', worker: listedWorker({ pmId: 3 }) });
    told.length = 0;

    list.adopt('1', [
      { spec, masterId: '1', workers: [listedWorker({ pmId: 1, slot: 1 }), listedWorker({ pmId: 4 })] },
    ]);

    const ids = list.all().map(({ key, workers }) => `${key}:${workers.map(({ view }) => view.pmId).join(',')}`);
    expect(ids).toEqual(['default/api:4,1', 'default/other:3']);
    expect(told.filter(({ type }) => type === 'worker-removed')).toEqual([
      { type: 'worker-removed', app, pmId: 0 },
      { type: 'worker-removed', app: 'default/gone', pmId: 2 },
    ]);
  });

  test('what a master says of an app that was deleted is not taken up again', () => {
    const list = new AppList(() => {});
    list.apply(changed(0));
    expect(list.isEmpty).toBe(true);
  });
});

describe('slots', () => {
  test.each([
    [[], 3, [0, 1, 2]],
    [[0, 2], 2, [1, 3]],
    [[5], 1, [0]],
  ])('beside %j, %i more are %j', (used, count, expected) => {
    expect(freeSlots(used, count)).toEqual(expected);
  });

  test('the highest go first, whatever their ids', () => {
    const workers = [0, 1, 2].map((slot) => ({ view: listedWorker({ slot, pmId: 10 - slot }), shouldRun: true }));
    expect(lastWorkers(workers, 2)).toEqual([8, 9]);
  });
});
