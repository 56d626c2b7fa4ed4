import { Client } from '../protocol/client.ts';
import type { MasterEvent, MasterRequests } from '../protocol/messages.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { masterSocket, type Paths } from '../shared/paths.ts';
import { problem } from '../shared/problems.ts';
import { identify, type ProcessIdentity } from '../shared/process-identity.ts';
import type { AppView } from '../shared/worker-view.ts';

/** A master that answers, and follows with its events. */
export interface MasterLink {
  readonly id: string;
  readonly client: Client<MasterRequests, MasterEvent>;
  readonly process: ProcessIdentity;
  readonly version: string;
}

/** Connects to a master. `onEvent` is told what happens after the returned snapshot. */
export async function joinMaster(
  { paths, id }: { paths: Paths; id: string },
  onEvent: (event: MasterEvent) => void,
): Promise<Outcome<{ link: MasterLink; apps: readonly AppView[] }>> {
  const connected = await Client.connect<MasterRequests, MasterEvent>(masterSocket(paths, id));
  if (!connected.ok) return connected;
  const client = connected.value;
  client.onEvent(onEvent);
  const described = await client.call('master.describe', {});
  const process = described.ok ? await identify(described.value.pid) : null;
  if (!described.ok || process === null) {
    client.close();
    return described.ok ? fail(problem('master/lost', { name: id, reason: 'it exited' })) : described;
  }
  return succeed({ link: { id, client, process, version: described.value.version }, apps: described.value.apps });
}
