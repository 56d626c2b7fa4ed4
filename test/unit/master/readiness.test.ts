import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Proof, Readiness } from '../../../src/master/readiness.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(proof: Proof, tellsLoad: boolean) {
  const said: string[] = [];
  const readiness = new Readiness(
    { proof, minUptimeMs: 100, timeoutMs: 1_000, tellsLoad },
    { ready: () => said.push('ready'), overdue: () => said.push('overdue') },
  );
  return { readiness, said };
}

test.each(['uptime', 'listen-or-uptime'] as const)('"%s" counts from when the script was loaded', (proof) => {
  const { readiness, said } = watched(proof, true);
  vi.advanceTimersByTime(500);
  readiness.onLoaded();
  vi.advanceTimersByTime(99);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['ready']);
});

test('a script that never ends its first turn is ready when it has stayed up for listen_timeout and min_uptime', () => {
  const { said } = watched('uptime', true);
  vi.advanceTimersByTime(1_099);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['ready']);
});

test('a program that cannot tell counts from its start', () => {
  const { said } = watched('uptime', false);
  vi.advanceTimersByTime(100);
  expect(said).toEqual(['ready']);
});

test.each(['listen', 'message'] as const)('for "%s" being loaded is no proof', (proof) => {
  const { readiness, said } = watched(proof, true);
  readiness.onLoaded();
  vi.advanceTimersByTime(999);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['overdue']);
});

test('nothing is said of a process that is gone', () => {
  const { readiness, said } = watched('listen-or-uptime', true);
  readiness.close();
  readiness.onLoaded();
  vi.advanceTimersByTime(5_000);
  expect(said).toEqual([]);
});
