import type { AppSpec } from '../shared/app-spec.ts';
import type { Paths } from '../shared/paths.ts';
import type { LogPaths } from './log-paths.ts';
import { newStartMarker } from './start-marker.ts';

/** One start of one worker. */
export interface Launching {
  readonly home: Pick<Paths, 'home' | 'variables'>;
  readonly pmId: number;
  readonly slot: number;
  readonly paths: LogPaths;
}

/** Name of the variable that marks every process of one start, however it detaches itself. PM2 sets it too. */
export const MARKER_VARIABLE = 'unique_id';

/**
 * The environment of a worker, built from nothing at every start: what the user declared, and the variables that PM2's
 * users look for. Names that an app may well use itself (`name`) yield to the app's own.
 */
export function environmentOf(
  spec: AppSpec,
  { home, pmId, slot, paths }: Launching,
  fromFiles: Readonly<Record<string, string>>,
): Record<string, string> {
  const { PM_HOME: _, ...declared } = { ...spec.env, ...fromFiles };
  return {
    name: spec.name,
    namespace: spec.namespace,
    exec_mode: `${spec.execMode}_mode`,
    instances: String(spec.instances),
    ...declared,
    ...raised(declared, spec.incrementVar, slot),
    // So that `pm` in an app means the process manager that runs it; PM2_HOME also for what was written for PM2.
    PM2_HOME: home.home,
    ...home.variables,
    pm_id: String(pmId),
    pm_exec_path: spec.script,
    pm_cwd: spec.cwd,
    pm_out_log_path: paths.outFile ?? '/dev/null',
    pm_err_log_path: paths.errorFile ?? '/dev/null',
    pm_pid_path: paths.pidFile,
    [spec.instanceVar]: String(slot),
    // For pm/worker, which could not know the name otherwise.
    ...(spec.instanceVar === 'NODE_APP_INSTANCE' ? {} : { PM_INSTANCE_VAR: spec.instanceVar }),
    [MARKER_VARIABLE]: newStartMarker(),
  };
}

const raised = (env: Readonly<Record<string, string>>, name: string | null, slot: number): Record<string, string> =>
  name === null ? {} : { [name]: String((Number(env[name]) || 0) + slot) };
