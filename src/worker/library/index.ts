import { CONTROL_CMD } from '../control-messages.ts';
import type { ToLibrary } from '../library-messages.ts';
import { Channel } from './channel.ts';
import { Shutdown, type ShutdownTask } from './shutdown.ts';

/** Hears messages of other workers of the app. `from`: slot of the sender. */
export type MessageListener = (data: unknown, from: number) => void;

const messageListeners = new Set<MessageListener>();
const leaderListeners = new Set<(leads: boolean) => void>();
const shutdown = new Shutdown();
const channel = new Channel(receive);
let leads = false;

function receive(message: ToLibrary): void {
  if (message.act === 'told') for (const listener of messageListeners) listener(message.data, message.from);
  if (message.act !== 'lead' || message.leads === leads) return;
  leads = message.leads;
  for (const listener of leaderListeners) listener(leads);
}

/** What an app under `pm` can use of it. Run by hand, the app is alone: instance 0, and its own leader. */
export const worker = {
  /** The slot of this worker, from 0 on. It survives restarts and reloads. */
  instance: Number(process.env[process.env.PM_INSTANCE_VAR ?? 'NODE_APP_INSTANCE'] ?? 0),

  /** Whether this worker is the one that does what only one may do: that of the lowest slot that is online. */
  get isLeader(): boolean {
    return leads;
  },

  /** Calls back whenever `isLeader` changes, and at once when it is true. Returns "stop listening". */
  onLeader(listener: (leads: boolean) => void): () => void {
    leaderListeners.add(listener);
    if (leads) listener(true);
    return () => void leaderListeners.delete(listener);
  },

  /** Tells `pm` that the app is ready, for `wait_ready`. */
  ready(): void {
    process.send?.('ready', undefined, undefined, () => {});
  },

  /** Runs a task, which may take until `kill_timeout`, before the process ends on request. */
  onShutdown(task: ShutdownTask): void {
    shutdown.add(task);
  },

  /** Sends data, any JSON of 64 KiB at most, to all other workers of the app. */
  broadcast(data: unknown): void {
    channel.send({ cmd: CONTROL_CMD, act: 'tell', to: null, data });
  },

  /** Sends data to the worker of a slot. */
  send(slot: number, data: unknown): void {
    channel.send({ cmd: CONTROL_CMD, act: 'tell', to: slot, data });
  },

  /** Calls back for what other workers send. Returns "stop listening". */
  onMessage(listener: MessageListener): () => void {
    messageListeners.add(listener);
    return () => void messageListeners.delete(listener);
  },

  /**
   * Small state that the workers of an app share: JSON by key, 64 KiB each and 1 MiB in all. The master keeps it over restarts and
   * reloads, for as long as the app is in the list. Rejects when it is full, or when no master is there.
   */
  state: {
    get: (key: string): Promise<unknown> => channel.ask({ do: 'get', key }),
    set: async (key: string, value: unknown): Promise<void> => void (await channel.ask({ do: 'set', key, value })),
    /** Adds to a number, 0 at first, and gives the sum; no other worker comes in between. */
    increment: (key: string, by = 1): Promise<number> => channel.ask({ do: 'increment', key, by }) as Promise<number>, // our master's
    delete: async (key: string): Promise<void> => void (await channel.ask({ do: 'delete', key })),
    all: (): Promise<Record<string, unknown>> => channel.ask({ do: 'all' }) as Promise<Record<string, unknown>>, // our master's
  },
};

export default worker;

if (!channel.send({ cmd: CONTROL_CMD, act: 'join' })) leads = true;
