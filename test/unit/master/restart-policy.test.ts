import { describe, expect, test } from 'vitest';
import { judge, NO_CRASHES, type RestartPolicy } from '../../../src/master/restart-policy.ts';

const policy: RestartPolicy = {
  autorestart: true,
  stopExitCodes: [],
  maxRestarts: 3,
  minUptimeMs: 1000,
  restartDelayMs: 0,
  expBackoffRestartDelayMs: 0,
};
const crash = { code: 1, uptimeMs: 10, neverReady: false };
const lived = { code: 1, uptimeMs: 1000, neverReady: false };

describe('what follows an exit nobody asked for', () => {
  test.each([
    ['a crash is restarted at once', crash, NO_CRASHES, {}, { verdict: 'restart', delayMs: 0 }],
    ['exit code 0 is restarted too', { ...crash, code: 0 }, NO_CRASHES, {}, { verdict: 'restart' }],
    [
      'with restart_delay, after that',
      crash,
      NO_CRASHES,
      { restartDelayMs: 700 },
      { verdict: 'restart', delayMs: 700 },
    ],
    [
      'with no descriptor left, a second later, and not counted',
      { ...crash, spawnError: 'spawn node EMFILE' },
      { unstable: 2, backoffMs: 0 },
      {},
      { verdict: 'restart', delayMs: 1000, history: { unstable: 2, backoffMs: 0 } },
    ],
    ['without autorestart it rests', crash, NO_CRASHES, { autorestart: false }, { verdict: 'rest' }],
    ['a stop exit code rests', { ...crash, code: 7 }, NO_CRASHES, { stopExitCodes: [7, 8] }, { verdict: 'rest' }],
    [
      'death by a signal has no code',
      { ...crash, code: null },
      NO_CRASHES,
      { stopExitCodes: [0] },
      { verdict: 'restart' },
    ],
    ['the third bad exit of three is the last', crash, { unstable: 2, backoffMs: 0 }, {}, { verdict: 'give-up' }],
    ['max_restarts 0 gives up at the first', crash, NO_CRASHES, { maxRestarts: 0 }, { verdict: 'give-up' }],
    ['max_restarts 0 still restarts what lived', lived, NO_CRASHES, { maxRestarts: 0 }, { verdict: 'restart' }],
    ['min_uptime ends the count', lived, { unstable: 2, backoffMs: 0 }, {}, { history: { unstable: 0, backoffMs: 0 } }],
    [
      'never ready is bad however long it lived',
      { ...lived, neverReady: true },
      NO_CRASHES,
      {},
      { history: { unstable: 1 } },
    ],
  ])('%s', (_, exit, history, change, expected) => {
    expect(judge(exit, history, { ...policy, ...change })).toMatchObject(expected);
  });

  test('a crash loop ends after max_restarts, whatever the delay between', () => {
    let history = NO_CRASHES;
    let restarts = 0;
    for (;;) {
      const ruling = judge(crash, history, { ...policy, maxRestarts: 16, restartDelayMs: 5000 });
      if (ruling.verdict !== 'restart') break;
      history = ruling.history;
      restarts += 1;
    }
    expect(restarts).toBe(15);
  });

  test('backoff grows by half to 15 s, and begins anew after 30 s up', () => {
    const backoff = { ...policy, maxRestarts: 99, expBackoffRestartDelayMs: 100 };
    const delays: number[] = [];
    let history = NO_CRASHES;
    for (let crashes = 0; crashes < 16; crashes += 1) {
      const ruling = judge(crash, history, backoff);
      if (ruling.verdict === 'restart') delays.push(ruling.delayMs);
      history = ruling.history;
    }
    expect(delays.slice(0, 4)).toEqual([100, 150, 225, 337]);
    expect(delays.at(-1)).toBe(15_000);
    expect(judge({ ...lived, uptimeMs: 30_001 }, history, backoff)).toMatchObject({ delayMs: 100 });
  });
});
