import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PM2_VERSION } from '../managers/pm2.ts';
import type { Measurement } from '../row.ts';

const folder = fileURLToPath(new URL('../results', import.meta.url));

export interface RowResult {
  readonly id: string;
  readonly title: string;
  readonly measurements: readonly Measurement[];
  /** Why the row could not be measured to its end. */
  readonly error?: string;
}

/** Everything one run found out, as written to bench/results/. */
export interface Results {
  readonly at: string;
  readonly quick: boolean;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly kernel: string };
  readonly node: string;
  readonly pm2: string;
  readonly rows: readonly RowResult[];
}

export function describeRun(quick: boolean, rows: readonly RowResult[]): Results {
  return {
    at: new Date().toISOString(),
    quick,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      kernel: release().split('-')[0] ?? '',
    },
    node: process.version,
    pm2: PM2_VERSION,
    rows,
  };
}

/** Writes the results under their time, and as `latest.json`. */
export function saveResults(results: Results): void {
  mkdirSync(folder, { recursive: true });
  const json = JSON.stringify(results, null, 1);
  writeFileSync(join(folder, `${results.at.replaceAll(':', '-')}.json`), json);
  writeFileSync(join(folder, 'latest.json'), json);
}

export function readResults(file = join(folder, 'latest.json')): Results {
  return JSON.parse(readFileSync(file, 'utf8')) as Results; // written by saveResults
}
