import type { AppSpec } from '../shared/app-spec.ts';
import type { HostUsage } from '../shared/host-usage.ts';
import type { Outcome } from '../shared/outcome.ts';
import type { Problem } from '../shared/problems.ts';
import type { RestoredApp } from '../shared/restored-app.ts';
import type { SettingChange, Settings } from '../shared/settings.ts';
import type { Changes } from '../shared/spec-change.ts';
import type { WorkerReport } from '../shared/worker-report.ts';
import type { AppView, Usage, WorkerView } from '../shared/worker-view.ts';
import type { DaemonProgram, KeptMaster } from './succession.ts';

/**
 * The whole wire: JSON-RPC 2.0 over a Unix socket, one message a line. Client -> daemon and daemon -> master. What they tell of
 * their own accord is in events.ts.
 */

export type None = Record<string, never>;

/** What a person typed to name workers: `all`, a name, a namespace, `namespace/name`, an id, `/regex/`. */
export type Target = string;

/** What became of one app of a start, restart, stop, delete or scale. */
export interface AppReport {
  readonly name: string;
  readonly namespace: string;
  /** Ids acted on, with the state after it. */
  readonly workers: readonly {
    readonly pmId: number;
    readonly outcome: Outcome<WorkerView>;
    readonly stop?: StopReport;
  }[];
}

/** How a process ended when it was asked to: by itself, or by force after `killTimeoutMs`. */
export interface StopReport {
  readonly how: 'not-running' | 'exited' | 'killed';
  readonly tookMs: number;
}

/** Measured, not claimed. Counted in the workers while the reload ran. */
export interface ReloadReceipt {
  readonly name: string;
  readonly namespace: string;
  readonly pmIds: readonly number[];
  /** `restart`: the app runs in fork mode, where the port is its own. `start`: nothing ran. */
  readonly kind: 'reload' | 'restart' | 'start';
  readonly fromGeneration: number;
  readonly toGeneration: number;
  readonly workers: number;
  /** HTTP requests answered during the reload. */
  readonly served: number;
  /** HTTP requests that a worker took and did not answer. */
  readonly failed: number;
  readonly slowestDrainMs: number;
  /** Old workers that had to be killed after `killTimeoutMs`. */
  readonly killed: number;
  readonly tookMs: number;
}

/** An app in a list. `env` and what workers report are there only when they were asked for. */
export interface ListedApp {
  readonly spec: AppSpec;
  readonly masterId: string;
  readonly workers: readonly (WorkerView & { readonly usage: Usage; readonly report?: WorkerReport })[];
}

/** What one worker answered to an action. */
export interface ActionReply {
  readonly pmId: number;
  readonly name: string;
  readonly namespace: string;
  /** What the action gave back: any JSON. */
  readonly outcome: Outcome<unknown>;
}

/** A request that is put to each of several workers, and what became of it. */
export interface Asked<T> {
  readonly replies: readonly T[];
  readonly problems: readonly Problem[];
}

/** The inspector of one worker, as debuggers are told of it. */
export interface OpenInspector {
  readonly pmId: number;
  readonly name: string;
  /** `ws://127.0.0.1:<port>/<uuid>` */
  readonly url: string;
}

/** Requests that clients make of the daemon. Add a row and both ends stop compiling until they follow. */
export interface DaemonRequests {
  'daemon.ping': { params: None; result: { pid: number; version: string; startedAt: number } };
  /** Stops all apps (each drains), then masters and the daemon itself. */
  'daemon.kill': { params: None; result: { apps: number } };
  /** The daemon ends, and starts its successor. Fails while masters are at work for it. */
  'daemon.replace': { params: DaemonProgram; result: { masters: readonly KeptMaster[] } };
  /** Records for a time what the daemon computes (`cpu`) or allocates (`heap`), and writes it to a file for the tools of Chrome. */
  'daemon.profile': { params: { what: 'cpu' | 'heap'; durationMs: number; path: string }; result: None };
  /** `reports`: with the actions and metrics that workers report, which their masters are asked for. */
  'app.list': { params: { env: boolean; reports?: boolean }; result: ListedApp[] };
  /** What the machine does; null: nobody has asked for long. */
  'host.usage': { params: None; result: HostUsage | null };
  /**
   * Declares apps and starts them. An app that exists already: `refuse` answers app/already-running for it if it runs;
   * `restart` and `reload` give it the new spec; so does `keep`, which touches no process that runs, starts workers that rest, and
   * changes their number. Apps are independent: one failing never stops the others. `inPlaceOf`: an app that ends for it, and
   * leaves it the ids of its workers.
   */
  'app.start': {
    params: {
      specs: readonly AppSpec[];
      existing: 'refuse' | 'restart' | 'reload' | 'keep';
      parallel?: number;
      inPlaceOf?: string;
    };
    result: { reports: readonly (AppReport | ReloadReceipt)[]; problems: readonly Problem[] };
  };
  /** `env`: laid over the environment of the app (`--update-env`). `parallel`: workers at a time, app after app. */
  'app.restart': { params: { targets: readonly Target[] } & Changes; result: Acted };
  /** `unwatch`: files are not watched any more when the apps are started again. */
  'app.stop': { params: { targets: readonly Target[]; unwatch?: boolean }; result: Acted };
  'app.delete': { params: { targets: readonly Target[] }; result: Acted };
  'app.reload': {
    params: { targets: readonly Target[]; env?: Record<string, string>; parallel?: number };
    result: { receipts: readonly ReloadReceipt[]; problems: readonly Problem[] };
  };
  /** `to` is absolute; `by` is relative (may be negative). Slots are added lowest free first, removed highest first. */
  'app.scale': { params: { target: Target; to?: number; by?: number }; result: Acted };
  /** Restart counters back to 0. */
  'app.reset': { params: { targets: readonly Target[] }; result: Acted };
  /** Sends a signal to each worker itself, not to its children. */
  'app.signal': {
    params: { targets: readonly Target[]; signal: string };
    result: Asked<{ pmId: number; name: string }>;
  };
  /** Runs an action that the app has registered, in each worker that has it; waits for the answers. */
  'app.trigger': {
    params: { targets: readonly Target[]; action: string; param?: string; timeoutMs: number };
    result: Asked<ActionReply>;
  };
  /** Opens the inspector of each worker on a free port of this machine. */
  'app.inspect': { params: { targets: readonly Target[] }; result: Asked<OpenInspector> };
  /** Gives a worker a message over its IPC channel, as it is. */
  'worker.send': { params: { pmId: number; message: unknown }; result: None };
  /** Writes to the stdin of a worker. */
  'worker.type': { params: { pmId: number; text: string }; result: None };
  /** Empties log files; without targets those of all apps and the daemon's own. */
  'logs.flush': { params: { targets: readonly Target[] }; result: { files: readonly string[] } };
  /** Closes and reopens log files, for logrotate(8). */
  'logs.reopen': { params: None; result: None };
  /** Puts log files away whatever their size; without targets those of all apps. Empty ones are left. */
  'logs.rotate': { params: { targets: readonly Target[] }; result: { files: readonly string[] } };
  /** An empty list only with `force`; else dump/empty. */
  'dump.save': { params: { force: boolean }; result: { path: string; workers: number } };
  /** Saves an empty list. */
  'dump.clear': { params: None; result: { path: string } };
  /** Starts the apps of the dump that are not in the list. `foreign`: records of PM2, for the reader of definitions. */
  'dump.resurrect': { params: None; result: Acted & { foreign: readonly Readonly<Record<string, unknown>>[] } };
  /** Starts apps that are not in the list, with the workers that they had. */
  'app.restore': { params: { apps: readonly RestoredApp[] }; result: Acted };
  /** Changes the settings of the home, all at once, and gives them as they are then. */
  'settings.change': { params: { changes: readonly SettingChange[] }; result: Settings };
  /**
   * Events from now on, after a snapshot; `usageEveryMs` asks for samples, `messages` for what apps send. Ends with the connection.
   */
  'events.subscribe': { params: { usageEveryMs?: number; messages?: boolean }; result: { apps: ListedApp[] } };
}

export interface Acted {
  readonly reports: readonly AppReport[];
  readonly problems: readonly Problem[];
}

/** Requests that the daemon makes of a master. `app` is an appKey. */
export interface MasterRequests {
  /** Everything the master knows; its events follow on the same connection from then on. */
  'master.describe': { params: None; result: { id: string; pid: number; version: string; apps: AppView[] } };
  /** Ends the master. It must have no running worker. */
  'master.exit': { params: None; result: None };
  /**
   * Takes charge of workers of an app: declares the app (or gives it and its workers another spec) and adds those slots. With `start` false, or
   * autostart false, they are listed as stopped. Resolves when each is online or has failed its first try.
   */
  'pool.add': {
    params: { spec: AppSpec; workers: readonly AddedWorker[]; start: boolean };
    result: AppReport;
  };
  /** `cause`: why, in a sentence, when nobody asked for it. */
  'pool.restart': {
    params: { app: string; pmIds: readonly number[]; spec?: AppSpec; cause?: string; parallel?: number };
    result: AppReport;
  };
  'pool.stop': { params: { app: string; pmIds: readonly number[]; spec?: AppSpec }; result: AppReport };
  /** Stops and forgets. The last worker of an app takes the app along. */
  'pool.delete': { params: { app: string; pmIds: readonly number[] }; result: AppReport };
  /** The transaction of design section 6. Aborted when the request is (notification `request.abort`). */
  'pool.reload': {
    params: { app: string; pmIds: readonly number[]; spec?: AppSpec; cause?: string; parallel?: number };
    result: ReloadReceipt;
  };
  'pool.reset': { params: { app: string; pmIds: readonly number[] }; result: AppReport };
  'pool.signal': { params: { app: string; pmIds: readonly number[]; signal: string }; result: { pmIds: number[] } };
  'pool.trigger': {
    params: { app: string; pmIds: readonly number[]; action: string; param?: string; timeoutMs: number };
    result: { replies: readonly { pmId: number; outcome: Outcome<unknown> }[] };
  };
  'pool.inspect': {
    params: { app: string; pmIds: readonly number[] };
    result: { inspectors: readonly { pmId: number; outcome: Outcome<string> }[] };
  };
  'worker.send': { params: { app: string; pmId: number; message: unknown }; result: None };
  'worker.type': { params: { app: string; pmId: number; text: string }; result: None };
  /** What the running workers of this master report. */
  'master.reports': { params: None; result: { reports: readonly { pmId: number; report: WorkerReport }[] } };
  /** Whether messages of apps are told as events; not at first. */
  'messages.watch': { params: { on: boolean }; result: None };
  'logs.flush': { params: { app: string; pmIds: readonly number[] }; result: { files: readonly string[] } };
  'logs.reopen': { params: None; result: None };
  /** The settings of the home have changed. */
  'logs.settings': { params: None; result: None };
  'logs.rotate': { params: { app: string; pmIds: readonly number[] }; result: { files: readonly string[] } };
}

export interface AddedWorker {
  readonly slot: number;
  readonly pmId: number;
  /** Counters to go on from, when a worker outlives its master or comes from a dump. */
  readonly restarts: number;
  readonly createdAt: number | null;
  /** false: listed as stopped, not started. */
  readonly start: boolean;
  /** It had ended by itself. */
  readonly finished?: boolean;
}

/** Notifications: `event` from server to client; `request.abort` from client to server. */
export interface Notifications<E> {
  event: E;
  'request.abort': { readonly id: number };
}

export type { DaemonEvent, MasterEvent, PoolEvent, WorkerMessage } from './events.ts';
export type { Handlers, RequestTable } from './request-table.ts';
export type { DaemonProgram, KeptMaster } from './succession.ts';
