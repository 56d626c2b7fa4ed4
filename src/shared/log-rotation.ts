/** When a log file is put away, and how long what was put away is kept. */
export interface LogRotation {
  /** Size from which on a file is put away. 0: never because of its size. */
  readonly maxSizeBytes: number;
  /** How many files that were put away are kept of each log. */
  readonly keep: number;
  /** Age from which on they are deleted. 0: never because of their age. */
  readonly maxAgeMs: number;
  /** Most that all log files of an app may take on disk; the oldest are deleted first. 0: no limit. */
  readonly maxTotalBytes: number;
  /** Whether they are compressed. */
  readonly compress: boolean;
  /** Times at which files are put away whatever their size, as in crontab(5); null: none. */
  readonly cron: string | null;
}

const MB = 1024 * 1024;

export const DEFAULT_LOG_ROTATION: LogRotation = {
  maxSizeBytes: 10 * MB,
  keep: 10,
  maxAgeMs: 0,
  maxTotalBytes: 1024 * MB,
  compress: true,
  cron: null,
};
