import { setTimeout as delay } from 'node:timers/promises';
import { stillRuns } from '../shared/process-identity.ts';
import type { MasterLink } from './master-link.ts';

/** A master without workers has only log files to close. */
const EXIT_MS = 5000;

const LONGEST_WAIT_MS = 100;

/** Tells a master to exit and waits until it has, the hard way if need be. Its workers are not looked after here. */
export async function exitMaster({ client, process: identity }: MasterLink): Promise<void> {
  void client.call('master.exit', {}); // what counts is that the process goes
  const startedAt = Date.now();
  for (let waitMs = 5; await stillRuns(identity); waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    if (Date.now() - startedAt > EXIT_MS) kill(identity.pid);
    await delay(waitMs);
  }
  client.close();
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone meanwhile
  }
}
