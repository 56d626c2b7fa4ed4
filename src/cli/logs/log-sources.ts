import type { LogSource } from '../../logs-reader/log-source.ts';
import type { ListedApp } from '../../protocol/messages.ts';
import { type Problem, problem } from '../../shared/problems.ts';
import { matchTarget } from '../../shared/target.ts';
import { DAEMON_LABEL } from './line-print.ts';
import type { LogOptions } from './log-options.ts';

/** The log files that are wanted, each once. */
export function logSources(
  apps: readonly ListedApp[],
  { targets, streams }: Pick<LogOptions, 'targets' | 'streams'>,
): LogSource[] {
  const wanted = new Set(
    (targets.length === 0 ? ['all'] : targets).flatMap((target) =>
      matchTarget(apps, target).flatMap(({ pmIds }) => pmIds),
    ),
  );
  const byPath = new Map<string, LogSource>();
  for (const { spec, workers } of apps) {
    for (const { pmId, outFile, errorFile, logFile } of workers) {
      if (!wanted.has(pmId)) continue;
      const files = { out: outFile ?? logFile, err: errorFile ?? (outFile === null ? null : logFile) };
      for (const stream of streams) {
        const path = files[stream];
        if (path === null) continue;
        // A file that several share: whose line it is cannot be told.
        const shared = byPath.get(path);
        const mine = { path, app: spec.name, pmId, stream };
        byPath.set(path, shared ? { ...shared, pmId: shared.pmId === pmId ? pmId : null } : mine);
      }
    }
  }
  return [...byPath.values()];
}

/** The daemon's own log. */
export const daemonSource = (path: string): LogSource => ({ path, app: DAEMON_LABEL, pmId: null, stream: 'out' });

/** The first target that names nothing, as a problem. */
export function unknownTarget(targets: readonly string[], apps: readonly ListedApp[]): Problem | null {
  const wanted = targets.find((target) => matchTarget(apps, target).length === 0);
  return wanted === undefined
    ? null
    : problem('target/not-found', { wanted, known: apps.map(({ spec }) => spec.name) });
}
