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
  const byPath = new Map<string, SharedFile>();
  for (const { spec, workers } of apps) {
    for (const { pmId, outFile, errorFile, logFile } of workers) {
      const files = { out: outFile ?? logFile, err: errorFile ?? (outFile === null ? null : logFile) };
      for (const stream of streams) {
        const path = files[stream];
        if (path === null) continue;
        const file = byPath.get(path) ?? newFile({ path, stream, dateFormat: spec.logDateFormat });
        file.names.add(spec.name);
        file.pmIds.add(pmId);
        file.isWanted ||= wanted.has(pmId);
        byPath.set(path, file);
      }
    }
  }
  return [...byPath.values()].filter(({ isWanted }) => isWanted).map(sourceOf);
}

/** A file with all who write to it. */
interface SharedFile extends Pick<LogSource, 'path' | 'stream' | 'dateFormat'> {
  readonly names: Set<string>;
  readonly pmIds: Set<number>;
  /** Whether one of them was asked for. */
  isWanted: boolean;
}

const newFile = (of: Pick<LogSource, 'path' | 'stream' | 'dateFormat'>): SharedFile => ({
  ...of,
  names: new Set(),
  pmIds: new Set(),
  isWanted: false,
});

/** Of a file that several share it cannot be told whose a line is. */
function sourceOf({ path, stream, dateFormat, names, pmIds }: SharedFile): LogSource {
  const [pmId = null, ...others] = pmIds;
  return { path, stream, dateFormat, app: [...names].join('+'), pmId: others.length === 0 ? pmId : null };
}

/** The daemon's own log. */
export const daemonSource = (path: string): LogSource => ({
  path,
  app: DAEMON_LABEL,
  pmId: null,
  stream: 'out',
  dateFormat: null,
});

/** The first target that names nothing, as a problem. */
export function unknownTarget(targets: readonly string[], apps: readonly ListedApp[]): Problem | null {
  const wanted = targets.find((target) => matchTarget(apps, target).length === 0);
  return wanted === undefined
    ? null
    : problem('target/not-found', { wanted, known: apps.map(({ spec }) => spec.name) });
}
