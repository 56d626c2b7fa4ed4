import { request } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A port of the loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export interface FirstAnswer {
  /** From the call to the last byte of the first complete answer. */
  readonly tookMs: number;
  /** Attempts that were refused, and those that were cut off, before it. */
  readonly refused: number;
  readonly reset: number;
  /** Attempts that were taken and not answered within 2 s. */
  readonly hung: number;
}

const HUNG_MS = 2000;
const EVERY_MS = 5;

/**
 * Asks on a new connection every few milliseconds, whether or not the others were answered yet, until the first 200 comes.
 * Throws after `ms`.
 */
export async function firstAnswer(port: number, ms = 20_000): Promise<FirstAnswer> {
  const start = performance.now();
  const failures = { refused: 0, reset: 0, hung: 0 };
  const attempts: Promise<void>[] = [];
  let tookMs: number | undefined;
  while (tookMs === undefined) {
    if (performance.now() - start > ms) throw new Error(`No answer on port ${port} within ${ms} ms.`);
    const attempt = ask(port).then((outcome) => {
      if (outcome === 'answered') tookMs ??= performance.now() - start;
      else failures[outcome]++;
    });
    attempts.push(attempt);
    await Promise.race([attempt, delay(EVERY_MS)]).then(() => delay(1));
  }
  await Promise.all(attempts); // those still under way when the first answer came may yet fail
  return { tookMs, ...failures };
}

function ask(port: number): Promise<'answered' | 'refused' | 'reset' | 'hung'> {
  return new Promise((resolve) => {
    const attempt = request({ port, host: '127.0.0.1', agent: false, timeout: HUNG_MS }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200 ? 'answered' : 'reset'));
      response.once('error', () => resolve('reset'));
    });
    attempt.once('timeout', () => {
      resolve('hung');
      attempt.destroy();
    });
    attempt.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'reset');
    });
    attempt.end();
  });
}
