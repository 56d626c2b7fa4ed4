import type { AppSpec } from '../shared/app-spec.ts';
import type { ExitInfo, Usage, WorkerView } from '../shared/worker-view.ts';

/** What happened, from a master to the daemon, and from the daemon to subscribers. */
export type PoolEvent =
  | { readonly type: 'worker-changed'; readonly app: string; readonly worker: WorkerView }
  | { readonly type: 'worker-exited'; readonly app: string; readonly pmId: number; readonly exit: ExitInfo }
  | { readonly type: 'worker-removed'; readonly app: string; readonly pmId: number }
  | { readonly type: 'spec-changed'; readonly app: string; readonly spec: AppSpec };

/** A message that an app sent over its IPC channel. Told only to those who asked for messages. */
export interface WorkerMessage {
  readonly type: 'worker-message';
  readonly app: string;
  readonly pmId: number;
  readonly at: number;
  /** Any JSON, 64 KiB at most. */
  readonly message: unknown;
}

/** What a master tells its daemon. */
export type MasterEvent = PoolEvent | WorkerMessage;

/** `daemon-killed`: every app was stopped by hand, and the daemon ends. */
export type DaemonEvent =
  | MasterEvent
  | { readonly type: 'daemon-killed' }
  | { readonly type: 'usage'; readonly at: number; readonly samples: readonly (Usage & { readonly pmId: number })[] };
