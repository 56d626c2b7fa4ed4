import type { AppSpec } from '../shared/app-spec.ts';
import type { LogRotation } from '../shared/log-rotation.ts';
import type { KeyStep } from './app-key.ts';
import { type AppValues, keyNamed } from './keys.ts';

/** A key that two declarations of an app say differently. */
export interface KeyChange {
  /** The key, or `env.<NAME>`. */
  readonly what: string;
  readonly step: KeyStep;
  /** As JSON, or `not set`; of a variable, which may be a secret, no more than whether it is set. */
  readonly from: string;
  readonly to: string;
}

type KeyName = keyof AppValues;

/** Fields that are compared part by part, below. */
type Composite = 'env' | 'watch' | 'logRotation' | 'runAs';

/** The key that says a field. null: the field identifies the app, says where it comes from, or follows from other fields. */
const keyOfField: { readonly [F in Exclude<keyof AppSpec, Composite>]: KeyName | null } = {
  name: null,
  namespace: null,
  script: 'script',
  args: 'args',
  cwd: 'cwd',
  execMode: 'exec_mode',
  instances: 'instances',
  instancesGiven: null,
  interpreter: 'interpreter',
  interpreterArgs: 'interpreter_args',
  envBlocks: null,
  ownEnv: null,
  filterEnv: 'filter_env',
  envFiles: 'env_file',
  incrementVar: 'increment_var',
  instanceVar: 'instance_var',
  pool: 'pool',
  outFile: 'out_file',
  errorFile: 'error_file',
  logFile: 'log_file',
  mergeLogs: 'merge_logs',
  logDateFormat: 'log_date_format',
  logType: 'log_type',
  disableLogs: 'disable_logs',
  pidFile: 'pid_file',
  autostart: 'autostart',
  autorestart: 'autorestart',
  stopExitCodes: 'stop_exit_codes',
  maxRestarts: 'max_restarts',
  minUptimeMs: 'min_uptime',
  restartDelayMs: 'restart_delay',
  expBackoffRestartDelayMs: 'exp_backoff_restart_delay',
  maxMemoryBytes: 'max_memory_restart',
  cronRestart: 'cron_restart',
  killSignal: 'kill_signal',
  killTimeoutMs: 'kill_timeout',
  shutdownWithMessage: 'shutdown_with_message',
  treekill: 'treekill',
  waitReady: 'wait_ready',
  listenTimeoutMs: 'listen_timeout',
  configFile: null,
  appliedFrom: null,
  version: null,
  module: null,
  username: 'username',
};

const keyOfRotation: { readonly [F in keyof LogRotation]: KeyName } = {
  maxSizeBytes: 'log_max_size',
  keep: 'log_keep',
  maxAgeMs: 'log_max_age',
  maxTotalBytes: 'log_max_total',
  cron: 'log_rotate',
  compress: 'log_compress',
};

/** What is said differently after, in the order of the fields; variables come last. */
export function changesBetween(before: AppSpec, after: AppSpec): KeyChange[] {
  const [old, now] = [sayings(before), sayings(after)];
  const keys = [...old].flatMap(([key, value]) => {
    const [from, to] = [inWords(value), inWords(now.get(key))];
    return from === to ? [] : [{ what: key, step: stepOf(key), from, to }];
  });
  return [...keys, ...variableChanges(before.env, after.env)];
}

function sayings(spec: AppSpec): Map<KeyName, unknown> {
  const { watch, logRotation, runAs } = spec;
  const fields = Object.entries(keyOfField) as [Exclude<keyof AppSpec, Composite>, KeyName | null][]; // the rows above
  const rotation = Object.entries(keyOfRotation) as [keyof LogRotation, KeyName][]; // the rows above
  return new Map<KeyName, unknown>([
    ...fields.flatMap(([field, key]) => (key === null ? [] : [[key, spec[field]] as const])),
    ...rotation.map(([field, key]) => [key, logRotation[field] ?? null] as const),
    ['watch', watch.on && watch.paths],
    ['ignore_watch', watch.ignore],
    ['watch_ext', watch.extensions],
    ['watch_delay', watch.delayMs],
    ['watch_options', watch.options],
    ['uid', runAs?.uid ?? null],
    ['gid', runAs?.gid ?? null],
  ]);
}

const inWords = (value: unknown): string => (value === null ? 'not set' : JSON.stringify(value));

function variableChanges(before: AppSpec['env'], after: AppSpec['env']): KeyChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const state = (env: AppSpec['env'], name: string) => (env[name] === undefined ? 'not set' : 'set');
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => {
      const [from, to] = [state(before, name), state(after, name)];
      return { what: `env.${name}`, step: stepOf('env'), from, to: from === to ? 'another value' : to };
    });
}

/** Every key of AppValues is in the table. */
const stepOf = (key: KeyName): KeyStep => keyNamed(key)?.step ?? 'none';
