import { readdir } from 'node:fs/promises';
import { Client } from '../protocol/client.ts';
import type { Paths } from '../shared/paths.ts';

/** A daemon, or a master that is about to start one: apps may run in it. */
export async function somethingRuns({ daemonSocket, mastersDir }: Paths): Promise<boolean> {
  const client = await Client.connect(daemonSocket);
  if (client.ok) {
    client.value.close();
    return true;
  }
  const names = await readdir(mastersDir).catch(() => []);
  return names.some((name) => name.endsWith('.sock'));
}
