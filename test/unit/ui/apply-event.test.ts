import { expect, test } from 'vitest';
import { listRows, selectedIndex, workersOf } from '../../../src/ui/list-rows.ts';
import type { Model } from '../../../src/ui/model.ts';
import { CRASHED, changed, listed, modelOf, spec, usual, worker } from './samples.ts';

/** The list as `name` for apps, `#id` for workers below them. */
const shown = (model: Model): string[] =>
  listRows(model).map(({ key, app }) => (key.pmId === null ? app.spec.name : `#${key.pmId}`));

test('apps are listed by name, with their workers by slot when they have several', () => {
  const model = modelOf(
    listed(spec({ name: 'web' }), [worker(7, { slot: 1 }), worker(9, { slot: 0 })]),
    listed(spec({ name: 'api' }), [worker(3)]),
  );
  expect(shown(model)).toEqual(['api', 'web', '#9', '#7']);
});

test('a worker that changes replaces its former view', () => {
  const model = changed(usual(), {
    type: 'worker-changed',
    app: 'default/api',
    worker: worker(1, { status: 'stopping' }),
  });
  expect(model.apps.get('default/api')?.workers.map(({ status }) => status)).toEqual(['online', 'stopping']);
});

test('a worker that is added joins its app', () => {
  const model = changed(usual(), { type: 'worker-changed', app: 'default/api', worker: worker(5, { slot: 2 }) });
  expect(shown(model)).toEqual(['api', '#0', '#1', '#5', 'billing']);
});

test('a worker of an app that is not known waits for the next snapshot', () => {
  expect(changed(usual(), { type: 'worker-changed', app: 'default/new', worker: worker(9) }).apps.size).toBe(2);
});

test('an app goes with its last worker', () => {
  const one = changed(usual(), { type: 'worker-removed', app: 'default/api', pmId: 0 });
  expect(shown(one)).toEqual(['api', 'billing']);
  expect(shown(changed(one, { type: 'worker-removed', app: 'default/api', pmId: 1 }))).toEqual(['billing']);
});

test('an exit is remembered', () => {
  const model = changed(usual(), { type: 'worker-exited', app: 'default/api', pmId: 1, exit: CRASHED });
  expect(model.apps.get('default/api')?.workers[1]?.lastExit).toEqual(CRASHED);
});

test('a sample counts for every worker: what was not measured does not run', () => {
  const samples = [{ pmId: 0, cpuPercent: 50, memoryBytes: 1_000 }];
  const model = changed(usual(), { type: 'usage', at: 1, samples });
  expect(model.usage.get(0)).toMatchObject({ cpuPercent: 50, memoryBytes: 1_000 });
  expect([0, 1, 2].map((pmId) => model.histories.get(pmId)?.cpu)).toEqual([[50], [0], [0]]);
});

test('the snapshot of a new daemon replaces everything but the histories of workers that are still there', () => {
  const sampled = changed(usual(), { type: 'usage', at: 1, samples: [] });
  const lost = changed(sampled, { type: 'connection-lost' });
  expect(lost).toMatchObject({ connection: 'lost', apps: sampled.apps });
  const back = changed(lost, { type: 'snapshot', apps: [listed(spec(), [worker(0), worker(8, { slot: 1 })])] });
  expect(back.connection).toBe('up');
  expect(shown(back)).toEqual(['api', '#0', '#8']);
  expect([...back.histories.keys()]).toEqual([0]);
});

test('the selection falls back to the app, then to the first row', () => {
  const rows = listRows(usual());
  const place = (app: string, pmId: number | null) => selectedIndex(rows, { app, pmId });
  expect(place('default/api', 1)).toBe(2);
  expect(place('default/api', 77)).toBe(0);
  expect(place('default/billing', 2)).toBe(3);
  expect(place('default/gone', null)).toBe(0);
  expect(selectedIndex([], { app: 'default/api', pmId: null })).toBe(-1);
});

test('the row of an app stands for all of its workers, even when they are folded', () => {
  const [head] = listRows({ ...usual(), folded: new Set(['default/api']) });
  expect(head && workersOf(head).map(({ pmId }) => pmId)).toEqual([0, 1]);
});
