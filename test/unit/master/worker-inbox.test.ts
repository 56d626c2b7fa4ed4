import { expect, test } from 'vitest';
import { SharedState } from '../../../src/master/shared-state.ts';
import { WorkerInbox } from '../../../src/master/worker-inbox.ts';

function inbox({ wanted }: { wanted: boolean }) {
  const sent: unknown[] = [];
  const box = new WorkerInbox({ isWanted: () => wanted, send: (message) => sent.push(message), receive: () => {} });
  return { box, sent };
}

const deep = () => {
  let value = {};
  for (let level = 0; level < 100_000; level++) value = { value };
  return value;
};

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

const messages = {
  null: { message: null, passed: true },
  'a text': { message: 'hello', passed: true },
  'an event': { message: { type: 'sale', data: 1 }, passed: true },
  'a reply': { message: { type: 'axm:reply', data: { action_name: 'x', return: 1 } }, passed: true },
  'a metric': { message: { type: 'axm:monitor', data: { x: { value: 1 } } }, passed: false },
  'something huge': { message: 'x'.repeat(70_000), passed: false },
  'something deep': { message: deep(), passed: false },
  'a cycle': { message: cyclic, passed: false },
  'a deep metric': { message: { type: 'axm:monitor', data: deep() }, passed: false },
};

// By name: what is too deep for us is too deep for the one who prints the titles of tests.
test.each(Object.keys(messages) as (keyof typeof messages)[])(
  '%s is passed on if it may be, and somebody listens',
  (name) => {
    const { message, passed } = messages[name];
    const { box, sent } = inbox({ wanted: true });
    box.receive(message);
    expect(sent.length).toBe(passed ? 1 : 0);
    if (passed) expect(sent).toEqual([message]);
    const unheard = inbox({ wanted: false });
    unheard.box.receive(message);
    expect(unheard.sent).toEqual([]);
  },
);

test('a worker that talks without end is bounded, and so is what it reports', () => {
  const { box, sent } = inbox({ wanted: true });
  for (let count = 0; count < 5000; count++) {
    box.receive({ type: 'noise', data: count }, 0);
    box.receive({ type: 'axm:action', data: { action_name: `a${count}` } });
    box.receive({ type: 'axm:monitor', data: { [`m${count}`]: { value: count } } });
  }
  expect(sent).toHaveLength(1000);
  box.receive({ type: 'noise' }, 1000);
  expect(sent).toHaveLength(1001);
  expect(box.report.actions).toHaveLength(100);
  expect(Object.keys(box.report.metrics)).toHaveLength(200);
});

test('actions and metrics are kept by name, the last word counts', () => {
  const { box } = inbox({ wanted: false });
  box.receive({ type: 'axm:action', data: { action_name: 'gc', action_type: 'custom', arity: 1 } });
  box.receive({ type: 'axm:action', data: { action_name: 'gc', arity: 2, opts: { comment: 'c' } } });
  box.receive({ type: 'axm:monitor', data: { a: { value: 1 } } });
  box.receive({ type: 'axm:monitor', data: { a: { value: 2 }, b: { value: 3 } } });
  expect(box.report.actions).toEqual([{ action_name: 'gc', action_type: 'custom', arity: 2, opts: { comment: 'c' } }]);
  expect(box.report.metrics).toEqual({ a: { value: 2 }, b: { value: 3 } });
});

test('the shared state takes no more than it may, and gives room back', () => {
  const state = new SharedState();
  const big = 'x'.repeat(60_000);
  const set = (key: string, value: unknown) => state.carryOut({ do: 'set', key, value });
  const results = Array.from({ length: 20 }, (_, index) => 'reason' in set(`k${index}`, big));
  expect(results.filter((refused) => refused)).toHaveLength(3);
  expect(set('k0', big)).toEqual({ value: null });
  state.carryOut({ do: 'delete', key: 'k0' });
  expect(set('other', big)).toEqual({ value: null });
  expect(set('k19', { small: 1 })).toEqual({ value: null });
  expect(state.carryOut({ do: 'get', key: 'k19' })).toEqual({ value: { small: 1 } });
  expect(state.carryOut({ do: 'increment', key: 'n', by: 2 })).toEqual({ value: 2 });
  expect(state.carryOut({ do: 'increment', key: 'n', by: -3 })).toEqual({ value: -1 });
  expect(state.carryOut({ do: 'increment', key: 'k19', by: 1 })).toEqual({ reason: '"k19" is not a number.' });
  expect(set('long'.repeat(100), 1)).toEqual({ reason: expect.stringContaining('characters') });
});
