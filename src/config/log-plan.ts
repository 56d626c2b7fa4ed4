import type { AppSpec } from '../shared/app-spec.ts';
import type { ParsedApp } from './app-values.ts';
import type { Finding } from './findings.ts';
import { absolute, whatIs } from './path-search.ts';

type LogKeys =
  | 'outFile'
  | 'errorFile'
  | 'logFile'
  | 'mergeLogs'
  | 'logDateFormat'
  | 'logType'
  | 'disableLogs'
  | 'logRotation'
  | 'pidFile';

/**
 * Where the output of an app goes, with absolute paths. `isOfPm2`: scripts look for the file names of PM2, which gives the workers of
 * "as many as there are CPUs" one file, unless cluster mode is asked for by name.
 */
export function logPlan(
  app: ParsedApp,
  { cwd, isOfPm2 }: { cwd: string; isOfPm2: boolean },
  found: Finding[],
): Pick<AppSpec, LogKeys> {
  const { values } = app;
  const file = (key: 'out_file' | 'error_file' | 'log_file' | 'pid_file', path: string | undefined): string | null => {
    if (path === undefined) return null;
    if (path === 'NULL') return '/dev/null'; // PM2's other word for it
    const full = absolute(path, cwd);
    if (whatIs(full) === 'folder') found.push({ at: app.placeOf(key), says: `must be a file; ${full} is a folder` });
    return full;
  };
  const combined = values.log_file;
  return {
    outFile: file('out_file', values.out_file),
    errorFile: file('error_file', values.error_file),
    logFile: typeof combined === 'string' ? file('log_file', combined) : combined === true ? true : null,
    mergeLogs: values.merge_logs || (isOfPm2 && values.instances === 0 && values.exec_mode !== 'cluster'),
    logDateFormat: values.log_date_format ?? (values.time ? 'YYYY-MM-DDTHH:mm:ss' : null),
    logType: values.log_type,
    disableLogs: values.disable_logs,
    logRotation: {
      ...(values.log_max_size === undefined ? {} : { maxSizeBytes: values.log_max_size }),
      ...(values.log_keep === undefined ? {} : { keep: values.log_keep }),
      ...(values.log_max_age === undefined ? {} : { maxAgeMs: values.log_max_age }),
      ...(values.log_max_total === undefined ? {} : { maxTotalBytes: values.log_max_total }),
      ...(values.log_rotate === undefined ? {} : { cron: values.log_rotate }),
      ...(values.log_compress === undefined ? {} : { compress: values.log_compress }),
    },
    pidFile: file('pid_file', values.pid_file),
  };
}
