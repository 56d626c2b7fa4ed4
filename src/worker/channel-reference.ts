import type { Worker } from 'node:cluster';

/** `process.channel` in a child: counts who keeps the channel, and with it the process, alive. (Node 20, 22, 24, 26) */
interface CountedChannel {
  refCounted(): void;
  unrefCounted(): void;
}

/** Node's `cluster` in a worker. `_getServer` asks the primary for a listening socket; `net` and `dgram` call it. */
interface ClusterInternals {
  readonly worker?: Worker;
  _getServer?: GetServer;
}
type GetServer = (this: unknown, server: unknown, options: unknown, listen: (...reply: unknown[]) => void) => void;

/**
 * Lets a cluster worker whose script has finished end, as it would without a cluster: Node's own two listeners ('message' and
 * 'disconnect' in lib/internal/cluster) hold the channel for good. What the app does still holds the process: a server, also while
 * it waits for the master's answer, and listeners of its own. Node that looks otherwise is left as it is.
 */
export function releaseChannel(cluster: ClusterInternals): void {
  const { channel } = process;
  const { worker, _getServer: getServer } = cluster;
  if (!isCounted(channel) || !worker || typeof getServer !== 'function') return;
  cluster._getServer = function (server, options, listen) {
    channel.refCounted();
    return getServer.call(this, server, options, (...reply) => {
      channel.unrefCounted();
      listen(...reply);
    });
  };
  const isHolding = (event: string | symbol) => event === 'message' || event === 'disconnect';
  worker.on('newListener', (event) => {
    if (isHolding(event)) channel.refCounted();
  });
  worker.on('removeListener', (event) => {
    if (isHolding(event)) channel.unrefCounted();
  });
  const ownListeners = [process.listeners('message')[0], process.listeners('disconnect')[0]];
  for (const listener of ownListeners) if (listener) channel.unrefCounted();
  // Node counts down once more when the app removes them, with removeAllListeners().
  process.on('removeListener', (event, listener) => {
    if (isHolding(event) && ownListeners.some((own) => own === listener)) channel.refCounted();
  });
}

/** Lets a 'message' listener that was just added to the process be no reason for it to live. */
export function uncountListener(): void {
  if (isCounted(process.channel)) process.channel.unrefCounted();
}

function isCounted(channel: unknown): channel is CountedChannel {
  return (
    typeof channel === 'object' &&
    channel !== null &&
    'refCounted' in channel &&
    typeof channel.refCounted === 'function' &&
    'unrefCounted' in channel &&
    typeof channel.unrefCounted === 'function'
  );
}
