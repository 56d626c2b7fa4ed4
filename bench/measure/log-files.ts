import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { Manager } from '../managers/manager.ts';

const STALLED_MS = 5000; // logs that have not grown for so long have all that they will ever get

/** Options that keep all of an app's lines in one file; PM2 knows nothing else. */
export const ONE_FILE: Readonly<Record<Manager['name'], readonly string[]>> = { pm: ['--log-max-size', '0'], PM2: [] };

/** The log files of an app's stdout, rotated and compressed ones included, in the order of their names. */
export function logFilesOf(manager: Manager, app: string): string[] {
  const folder = join(manager.home, 'logs');
  if (!existsSync(folder)) return []; // nothing has been started yet
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${app}-out`))
    .sort()
    .map((name) => join(folder, name));
}

/** All that was logged, file after file. */
export function readLogs(files: readonly string[]): Buffer[] {
  return files.map((file) => (file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file)));
}

/** Waits until `size` has reached `bytes`, or has not grown for 5 s. Gives the time at which that was, ms since the epoch. */
export async function untilWritten(bytes: number, size: () => number): Promise<number> {
  let largest = -1;
  let grewAt = Date.now();
  while (largest < bytes && Date.now() - grewAt < STALLED_MS) {
    await delay(5);
    const now = size();
    if (now > largest) {
      largest = now;
      grewAt = Date.now();
    }
  }
  return grewAt;
}

export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
