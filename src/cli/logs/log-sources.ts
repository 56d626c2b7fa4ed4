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
  const byPath = new Map<
    string,
    { stream: 'out' | 'err'; names: Set<string>; pmIds: Set<number>; isWanted: boolean }
  >();
  for (const { spec, workers } of apps) {
    for (const { pmId, outFile, errorFile, logFile } of workers) {
      const files = { out: outFile ?? logFile, err: errorFile ?? (outFile === null ? null : logFile) };
      for (const stream of streams) {
        const path = files[stream];
        if (path === null) continue;
        const found = byPath.get(path) ?? { stream, names: new Set(), pmIds: new Set(), isWanted: false };
        found.names.add(spec.name);
        found.pmIds.add(pmId);
        found.isWanted ||= wanted.has(pmId);
        byPath.set(path, found);
      }
    }
  }
  // A file that several share: whose line it is cannot be told.
  return [...byPath]
    .filter(([, { isWanted }]) => isWanted)
    .map(
      ([
        path,
        {
          stream,
          names,
          pmIds: [first = null, ...others],
        },
      ]) => ({
        path,
        app: [...names].join('+'),
        pmId: others.length === 0 ? first : null,
        stream,
      }),
    );
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
