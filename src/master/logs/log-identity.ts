import type { LogRotation } from '../../shared/log-rotation.ts';

/** Whose output it is, and which files get it. Paths are absolute; null: not written. */
export interface LogIdentity {
  readonly app: string;
  readonly namespace: string;
  readonly slot: number;
  readonly pmId: number;
  readonly outFile: string | null;
  readonly errorFile: string | null;
  /** Both streams together. */
  readonly logFile: string | null;
  /** day.js tokens; null: lines carry no date. */
  readonly dateFormat: string | null;
  readonly type: 'raw' | 'json';
  /** What the app says about it; the rest follows the settings of the home. */
  readonly rotation?: Partial<LogRotation>;
}

/** Which of the two streams, in PM2's words. */
export type LogStream = 'out' | 'err';
