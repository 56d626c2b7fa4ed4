import { Client } from '../../protocol/client.ts';
import type { DaemonEvent, DaemonRequests } from '../../protocol/messages.ts';

const PATIENCE_MS = 500; // a Tab that takes longer is pressed again

/** Names of the apps in the list. None without a daemon: a Tab starts nothing. */
export async function appNames(daemonSocket: string): Promise<string[]> {
  const client = await Client.connect<DaemonRequests, DaemonEvent>(daemonSocket, { timeoutMs: PATIENCE_MS });
  if (!client.ok) return [];
  const tooLate = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined));
  const reply = await Promise.race([client.value.call('app.list', { env: false }), tooLate]);
  client.value.close();
  return reply?.ok ? reply.value.map(({ spec }) => spec.name) : [];
}
