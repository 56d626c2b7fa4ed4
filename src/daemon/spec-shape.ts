import {
  either,
  finite,
  flag,
  listOf,
  mapOf,
  nullable,
  object,
  oneOf,
  optional,
  type Shape,
  someText,
  text,
  wholeNumber,
} from '../protocol/shape.ts';
import type { AppliedFrom, AppSpec, WatchSpec } from '../shared/app-spec.ts';
import type { LogRotation } from '../shared/log-rotation.ts';

/** More workers than a machine can run, and few enough to be listed. */
const MAX_INSTANCES = 10_000;

const durationMs = wholeNumber(0);
const file = nullable(text);
const logRotation = object<LogRotation>({
  maxSizeBytes: optional(wholeNumber(0)),
  keep: optional(wholeNumber(0)),
  maxAgeMs: optional(durationMs),
  maxTotalBytes: optional(wholeNumber(0)),
  compress: optional(flag),
  cron: optional(nullable(text)),
});

/** An app as it comes over the socket or out of a file. Its values were checked where the user gave them; this is about their types. */
export const specShape: Shape = object<AppSpec>({
  name: someText,
  namespace: someText,
  script: someText,
  args: listOf(text),
  cwd: someText,
  execMode: oneOf('cluster', 'fork'),
  instances: wholeNumber(1, MAX_INSTANCES),
  instancesGiven: flag,
  interpreter: someText,
  interpreterArgs: listOf(text),
  env: mapOf(text),
  envBlocks: mapOf(mapOf(text)),
  ownEnv: listOf(text),
  filterEnv: either(oneOf(true), listOf(text)),
  runAs: nullable(object<NonNullable<AppSpec['runAs']>>({ uid: wholeNumber(0), gid: wholeNumber(0) })),
  envFiles: listOf(someText),
  incrementVar: nullable(someText),
  instanceVar: someText,
  pool: nullable(someText),
  outFile: file,
  errorFile: file,
  logFile: either(oneOf(true), file),
  mergeLogs: flag,
  logDateFormat: nullable(text),
  logType: oneOf('raw', 'json'),
  disableLogs: flag,
  logRotation,
  pidFile: file,
  autostart: flag,
  autorestart: flag,
  stopExitCodes: listOf(finite),
  maxRestarts: wholeNumber(0),
  minUptimeMs: durationMs,
  restartDelayMs: durationMs,
  expBackoffRestartDelayMs: durationMs,
  maxMemoryBytes: nullable(wholeNumber(1)),
  cronRestart: nullable(someText),
  watch: object<WatchSpec>({
    on: flag,
    paths: listOf(someText),
    ignore: listOf(text),
    extensions: listOf(someText),
    delayMs: durationMs,
    options: mapOf(either(flag, finite)),
  }),
  killSignal: someText,
  killTimeoutMs: durationMs,
  shutdownWithMessage: flag,
  treekill: flag,
  waitReady: flag,
  listenTimeoutMs: durationMs,
  configFile: nullable(text),
  appliedFrom: nullable(object<AppliedFrom>({ file: someText, envName: nullable(text) })),
  version: text,
  username: text,
  module: optional(flag),
});

export { MAX_INSTANCES };
