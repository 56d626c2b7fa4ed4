import { setFlagsFromString } from 'node:v8';
import { BUSY_V8_OPTIONS } from '../protocol/spawn-environment.ts';

/** More than apps cause by being started. */
const BUSY_AFTER = 100;

let pieces = 0;

/**
 * Counts a connection, or a read of output. Once there is work, the code that does it is worth its memory: V8 optimizes as early as it
 * does by itself.
 */
export function noteWork(): void {
  if (pieces > BUSY_AFTER) return;
  pieces += 1;
  if (pieces === BUSY_AFTER) for (const option of BUSY_V8_OPTIONS) setFlagsFromString(option);
}
