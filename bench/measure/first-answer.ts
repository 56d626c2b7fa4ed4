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
}

/** Asks over and over, each time on a new connection and at most one at a time, until a 200 comes. Throws after `ms`. */
export async function firstAnswer(port: number, ms = 20_000): Promise<FirstAnswer> {
  const start = performance.now();
  let refused = 0;
  let reset = 0;
  for (;;) {
    const left = start + ms - performance.now();
    if (left <= 0) throw new Error(`No answer on port ${port} within ${ms} ms.`);
    const outcome = await ask(port, left);
    if (outcome === 'answered') return { tookMs: performance.now() - start, refused, reset };
    if (outcome === 'refused') refused++;
    else reset++;
    await delay(1);
  }
}

function ask(port: number, ms: number): Promise<'answered' | 'refused' | 'failed'> {
  return new Promise((resolve) => {
    const attempt = request({ port, host: '127.0.0.1', agent: false, timeout: ms }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200 ? 'answered' : 'failed'));
      response.once('error', () => resolve('failed'));
    });
    attempt.once('timeout', () => attempt.destroy());
    attempt.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'failed');
    });
    attempt.end();
  });
}
