import type { LogSource } from '../../logs-reader/log-source.ts';
import type { LogUsage } from '../../logs-reader/log-usage.ts';
import { formatMemory } from '../../shared/format.ts';
import type { LogRotation } from '../../shared/log-rotation.ts';

/** A log with the rules that hold for it. */
export interface RotatingLog {
  readonly source: LogSource;
  readonly usage: LogUsage;
  readonly rotation: LogRotation;
}

/** The table of `pm logrotate`, with its header. */
export function rotationRows(logs: readonly RotatingLog[]): string[][] {
  const header = ['id', 'name', 'stream', 'size', 'put away at', 'kept', 'kept size', 'file'];
  return [header, ...logs.map(rotationRow)];
}

const rotationRow = ({ source, usage, rotation }: RotatingLog): string[] => [
  source.pmId === null ? 'all' : String(source.pmId),
  source.app,
  source.stream === 'out' ? 'out' : 'error',
  usage.currentBytes === null ? 'N/A' : formatMemory(usage.currentBytes),
  rotation.maxSizeBytes === 0 ? 'any size' : formatMemory(rotation.maxSizeBytes),
  `${usage.rotated} of ${rotation.keep === Number.MAX_SAFE_INTEGER ? 'all' : rotation.keep}`,
  formatMemory(usage.rotatedBytes),
  source.path,
];
