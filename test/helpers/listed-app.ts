import type { ListedApp } from '../../src/protocol/messages.ts';
import type { AppSpec } from '../../src/shared/app-spec.ts';

type ListedWorker = ListedApp['workers'][number];

/** An app as it is declared when nothing but a script is given; tests say what matters to them. */
export function appSpec(given: Partial<AppSpec> = {}): AppSpec {
  return {
    name: 'api',
    namespace: 'default',
    script: '/srv/api/app.js',
    args: [],
    cwd: '/srv/api',
    execMode: 'cluster',
    instances: 2,
    instancesGiven: true,
    interpreter: 'node',
    interpreterArgs: [],
    env: {},
    envBlocks: {},
    ownEnv: [],
    filterEnv: [],
    runAs: null,
    envFiles: [],
    incrementVar: null,
    instanceVar: 'NODE_APP_INSTANCE',
    pool: null,
    outFile: null,
    errorFile: null,
    logFile: null,
    mergeLogs: false,
    logDateFormat: null,
    logType: 'raw',
    disableLogs: false,
    logRotation: {},
    pidFile: null,
    autostart: true,
    autorestart: true,
    stopExitCodes: [],
    maxRestarts: 16,
    minUptimeMs: 1_000,
    restartDelayMs: 0,
    expBackoffRestartDelayMs: 0,
    maxMemoryBytes: null,
    cronRestart: null,
    watch: { on: false, paths: ['/srv/api'], ignore: [], extensions: [], delayMs: 100, options: {} },
    killSignal: 'SIGINT',
    killTimeoutMs: 30_000,
    shutdownWithMessage: false,
    treekill: true,
    waitReady: false,
    listenTimeoutMs: 10_000,
    configFile: null,
    appliedFrom: null,
    version: '1.2.3',
    username: 'deploy',
    ...given,
  };
}

/** An online worker of that app. */
export function listedWorker(given: Partial<ListedWorker> = {}): ListedWorker {
  const pmId = given.pmId ?? 0;
  return {
    pmId,
    slot: 0,
    generation: 1,
    status: 'online',
    pid: 4_000 + pmId,
    startedAt: 1_000_000,
    startTicks: 77,
    createdAt: 900_000,
    restarts: 0,
    unstableRestarts: 0,
    lastExit: null,
    restartDueAt: null,
    restartCause: null,
    finished: false,
    outFile: `/home/logs/api-out-${pmId}.log`,
    errorFile: `/home/logs/api-error-${pmId}.log`,
    logFile: null,
    pidFile: `/home/pids/api-${pmId}.pid`,
    nodeVersion: '20.20.2',
    lostLogBytes: 0,
    usage: { cpuPercent: 0.34, memoryBytes: 52_743_372 },
    ...given,
  };
}

/** An app of a list, with these workers. */
export function listedApp(spec: Partial<AppSpec>, ...workers: readonly Partial<ListedWorker>[]): ListedApp {
  return { spec: appSpec(spec), masterId: '1', workers: workers.map(listedWorker) };
}
