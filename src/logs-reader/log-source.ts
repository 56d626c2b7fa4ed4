/** A log file and whose it is. */
export interface LogSource {
  readonly path: string;
  readonly app: string;
  /** null: several workers write to it, or none (the daemon's own log). */
  readonly pmId: number | null;
  readonly stream: 'out' | 'err';
  /** Of the dates that its lines begin with; null: none, or unknown. */
  readonly dateFormat: string | null;
}
