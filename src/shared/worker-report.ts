/** What a worker says about itself over its IPC channel, in the messages of `tx2` and `@pm2/io`. */
export interface WorkerReport {
  /** Actions it has registered, for `pm trigger`. */
  readonly actions: readonly ReportedAction[];
  /** By name; as it sent them: `value` and `unit`, for the rest its library is to be asked. */
  readonly metrics: Readonly<Record<string, unknown>>;
  /** Settings of its library. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** An action, in the fields of PM2's wire. */
export interface ReportedAction {
  readonly action_name: string;
  /** `custom`, `internal` or `scoped`. */
  readonly action_type: string;
  /** Number of parameters of its function; 2 when it takes one from the user. */
  readonly arity: number;
  readonly opts?: unknown;
}

/** That of a worker which says nothing. */
export const NO_REPORT: WorkerReport = { actions: [], metrics: {}, options: {} };
