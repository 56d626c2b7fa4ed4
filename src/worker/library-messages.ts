import type { CONTROL_CMD } from './control-messages.ts';

/**
 * What `pm/worker` inside an app and the master say to each other, over the IPC channel and unseen by the app. `act` tells these from
 * the messages of the preload.
 */

/** A change of the state that the workers of an app share, or a look at it. */
export type StateRequest =
  | { readonly do: 'get'; readonly key: string }
  | { readonly do: 'set'; readonly key: string; readonly value: unknown }
  | { readonly do: 'delete'; readonly key: string }
  | { readonly do: 'increment'; readonly key: string; readonly by: number }
  | { readonly do: 'all' };

export type FromLibrary =
  /** The app uses the library: it wants to know whether it leads. */
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'join' }
  /** For the worker of a slot, or for all others (null). */
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'tell'; readonly to: number | null; readonly data: unknown }
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'state'; readonly id: number; readonly request: StateRequest };

export type ToLibrary =
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'lead'; readonly leads: boolean }
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'told'; readonly from: number; readonly data: unknown }
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'state-answer'; readonly id: number; readonly value: unknown }
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'state-refused'; readonly id: number; readonly reason: string };
