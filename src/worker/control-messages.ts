/**
 * What a master and the preload inside its workers say to each other over the worker's IPC channel. Node hands messages whose `cmd`
 * begins with `NODE_` to 'internalMessage' instead of 'message', so the app never sees these.
 */

/** Marks our messages among the channel's internal ones. */
export const CONTROL_CMD = 'NODE_PM';

export type ToWorker =
  /** Count HTTP requests from now on, for the receipt of a reload. */
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'count' }
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'stop-counting' }
  /** Open the inspector. */
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'inspect' }
  /** No connection will be handed over any more: finish those that are open. `idleGraceMs`: how long idle keep-alive connections are kept. */
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'drain'; readonly idleGraceMs: number };

export type FromWorker =
  /** The script has run to its end for the first time, as far as it is loaded in one go. */
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'loaded' }
  /** No connection is open any more. */
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'drained' }
  | { readonly cmd: typeof CONTROL_CMD; readonly act: 'inspecting'; readonly opened: OpenedInspector }
  | ({ readonly cmd: typeof CONTROL_CMD; readonly act: 'counts' } & RequestCounts);

/** Where debuggers find a worker, or why they cannot. */
export type OpenedInspector = { readonly url: string } | { readonly reason: string };

/** HTTP requests since counting began. */
export interface RequestCounts {
  /** Answered in full, or given up by the client. */
  readonly served: number;
  /** Taken and not yet answered. */
  readonly inFlight: number;
}
