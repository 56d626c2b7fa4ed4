/** What is to run as daemon. Both are absolute paths. */
export interface DaemonProgram {
  readonly node: string;
  readonly daemonFile: string;
}

/** A master that outlives the daemon. */
export interface KeptMaster {
  /** Names of its apps. */
  readonly apps: readonly string[];
  readonly version: string;
}
