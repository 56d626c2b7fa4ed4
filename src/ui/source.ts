import type { AppReport, DaemonEvent, ListedApp, ReloadReceipt } from '../protocol/messages.ts';
import type { Problem } from '../shared/problems.ts';
import type { WorkerView } from '../shared/worker-view.ts';
import type { Action } from './action.ts';

/** All that the dashboard knows of the world. The daemon's socket is one (daemon-source.ts); tests have another. */
export interface DashboardSource {
  /** Tells everything there is, then what happens, and everything again after each reconnection. */
  subscribe(sink: (event: SourceEvent) => void): void;
  /** Tells the last log lines of these workers, then each new one. Returns "stop". */
  follow(workers: readonly WorkerView[], sink: (lines: readonly LogLine[]) => void): () => void;
  /** Never rejects: what went wrong is in the result. */
  act(action: Action): Promise<ActionResult>;
  close(): void;
}

export type SourceEvent =
  | DaemonEvent
  | { readonly type: 'snapshot'; readonly apps: readonly ListedApp[] }
  | { readonly type: 'connection-lost' };

export interface LogLine {
  readonly pmId: number;
  readonly stream: 'out' | 'err';
  readonly text: string;
}

/** What became of an action. Empty lists where there is nothing of the kind. */
export interface ActionResult {
  readonly reports: readonly AppReport[];
  readonly receipts: readonly ReloadReceipt[];
  readonly problems: readonly Problem[];
}
