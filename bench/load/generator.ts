// A process of its own, so that measuring never shares an event loop with what is measured. Started by load.ts with a
// LoadJob as its argument; it says 'started' after the first answer, and sends its LoadResult when told to stop.
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from './connection.ts';
import type { LoadJob } from './job.ts';
import { Tally } from './tally.ts';

/** Who waits for longer counts on, and somebody else asks in the meantime: a manager that loses requests is under no less load. */
const PATIENCE_MS = 1000;
const REFUSED_PAUSE_MS = 5; // a refused client asks again, but does not burn the CPU that the server needs to come back

const job = JSON.parse(process.argv[2] ?? '') as LoadJob; // written by load.ts
const stop = new AbortController();
setMaxListeners(0, stop.signal); // every thinking client listens to it
const tally = new Tally();

async function runClient(): Promise<void> {
  let connection: Connection | undefined;
  let successor: Promise<void> | undefined;
  while (!successor && !stop.signal.aborted && tally.requests < job.maxRequests) {
    if (job.thinkMs > 0) {
      await delay(Math.random() * job.thinkMs, null, { signal: stop.signal }).catch(() => {});
      if (stop.signal.aborted) break;
    }
    const start = performance.now();
    if (!connection?.usable) connection = new Connection(job.port, job.timeoutMs);
    const late = setTimeout(() => {
      successor = runClient();
    }, PATIENCE_MS);
    const answer = await connection.ask(job.path, job.keepAlive);
    clearTimeout(late);
    tally.count(answer, performance.now() - start);
    if (tally.requests === 1) process.send?.('started');
    if (!answer.ok || !job.keepAlive) connection.close();
    if (!answer.ok && answer.kind === 'refused') await delay(REFUSED_PAUSE_MS);
  }
  connection?.close();
  await successor;
}

process.once('message', () => stop.abort());
process.once('disconnect', () => process.exit());
setTimeout(() => stop.abort(), job.maxMs).unref();

void Promise.all(Array.from({ length: job.clients }, runClient)).then(() => {
  process.send?.(tally.result(), () => process.disconnect());
});
