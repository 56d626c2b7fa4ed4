import { homedir, userInfo } from 'node:os';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import type { AppSpec, WatchSpec } from '../shared/app-spec.ts';
import { pathsOf } from '../shared/paths.ts';
import { type Account, accountOf } from './account.ts';
import type { ParsedApp } from './app-values.ts';
import { envFilePlan } from './env-file.ts';
import { shellPart } from './environment.ts';
import { type Finding, valueOrFinding } from './findings.ts';
import { MAX_NAME_BYTES } from './keys/running.ts';
import type { AppValues } from './keys.ts';
import { logPlan } from './log-plan.ts';
import { packageVersion } from './package-version.ts';
import { absolute, whatIs } from './path-search.ts';
import { planRun, type Run } from './run-plan.ts';
import { type FoundScript, findScript } from './script-search.ts';
import { watchPlan } from './watch-plan.ts';

type Variables = Readonly<Record<string, string>>;

/** Where an app is declared: what its relative paths and its environment start from. */
export interface Ground {
  /** Folders that relative paths are looked up in, first to last; the first is the working folder by default. */
  readonly folders: readonly [string, ...string[]];
  readonly shellEnv: Variables;
  readonly envName: string | undefined;
  /** Variables of `deploy.<envName>.env`. */
  readonly deployEnv: Variables;
  readonly configFile: string | null;
}

/** Completes an app with what the machine says: paths, interpreter, CPUs, version. Every mistake goes to `found`. */
export function makeSpec(app: ParsedApp, ground: Ground, found: Finding[]): AppSpec | undefined {
  const { values } = app;
  if (values.script === undefined) {
    found.push({ at: app.placeOf('script'), says: 'is missing: every app needs the script to run' });
    return undefined;
  }
  const given = values.cwd === undefined ? undefined : folderNamed(values.cwd, app, ground, found);
  const account = accountOf(app, found);
  const env = environmentOf(app, ground, account.env);
  const folders = given === undefined ? ground.folders : [given, ...ground.folders];
  const search = { folders, path: env.PATH, mayBeLine: values.interpreter === undefined };
  const script = valueOrFinding(findScript(values.script.trim(), search), app.placeOf('script'), found);
  if (!script) return undefined;
  const cwd = given ?? (script.how === 'file' && !isAbsolute(values.script) ? script.base : ground.folders[0]);
  const run = planRun(
    script,
    app,
    { path: env.PATH, cwd, nodeVersion: process.versions.node, nvmFolder: nvmFolderOf(ground.shellEnv) },
    found,
  );
  const logs = logPlan(app, { cwd, isOfPm2: pathsOf(ground.shellEnv).names === 'pm2' }, found);
  const watch = watchPlan(app, cwd, found);
  const name = nameOf(values, script, ground.envName);
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    found.push({
      at: app.placeOf('name'),
      says: `is too long with its prefix and environment: ${MAX_NAME_BYTES} bytes at most`,
    });
  }
  const envFiles = envFilePlan(app, [cwd, ...ground.folders], found);
  return (
    run &&
    finish({
      app,
      name,
      ground,
      cwd,
      env,
      script,
      run,
      logs,
      watch,
      envFiles,
      account,
    })
  );
}

function finish(parts: {
  readonly app: ParsedApp;
  readonly name: string;
  readonly ground: Ground;
  readonly cwd: string;
  readonly env: Variables;
  readonly script: FoundScript;
  readonly run: Run;
  readonly logs: ReturnType<typeof logPlan>;
  readonly watch: WatchSpec;
  readonly envFiles: AppSpec['envFiles'];
  readonly account: Account;
}): AppSpec {
  const { app, ground, cwd, run } = parts;
  const { values } = app;
  const folderEnv = workingFolder(parts.env, ground.shellEnv, cwd);
  const ownEnv = { ...run.interpreter.env, ...parts.account.env, ...declaredBy(app, ground), ...folderEnv };
  const sourceMaps = values.source_map_support && run.interpreter.name === 'node' ? ['--enable-source-maps'] : [];
  return {
    name: parts.name,
    namespace: values.namespace,
    script: run.script,
    args: run.args,
    cwd,
    execMode: run.execMode,
    instances: run.instances,
    instancesGiven: run.instancesGiven,
    interpreter: run.interpreter.name,
    interpreterArgs: [...run.interpreter.args, ...sourceMaps, ...values.interpreter_args],
    env: { ...run.interpreter.env, ...parts.env, ...folderEnv },
    envBlocks: app.envBlocks,
    ownEnv: Object.keys(ownEnv),
    filterEnv: values.filter_env,
    runAs: parts.account.runAs,
    envFiles: parts.envFiles,
    incrementVar: values.increment_var ?? null,
    instanceVar: values.instance_var,
    pool: values.pool ?? null,
    ...parts.logs,
    autostart: values.autostart,
    autorestart: values.autorestart,
    stopExitCodes: values.stop_exit_codes,
    maxRestarts: values.max_restarts,
    minUptimeMs: values.min_uptime,
    restartDelayMs: values.restart_delay,
    expBackoffRestartDelayMs: values.exp_backoff_restart_delay,
    maxMemoryBytes: values.max_memory_restart || null,
    cronRestart: values.cron_restart ?? null,
    watch: parts.watch,
    killSignal: values.kill_signal,
    killTimeoutMs: values.kill_timeout,
    shutdownWithMessage: values.shutdown_with_message,
    treekill: values.treekill,
    waitReady: values.wait_ready,
    listenTimeoutMs: values.listen_timeout,
    configFile: ground.configFile,
    appliedFrom: null,
    version: packageVersion(parts.script.how === 'file' ? dirname(parts.script.path) : cwd),
    username: values.username ?? parts.account.env.USER ?? loginName(ground.shellEnv),
  };
}

function folderNamed(cwd: string, app: ParsedApp, ground: Ground, found: Finding[]): string {
  const paths = ground.folders.map((folder) => absolute(cwd, folder));
  const folder = paths.find((path) => whatIs(path) === 'folder');
  if (folder !== undefined) return folder;
  const [path = cwd] = paths;
  found.push({
    at: app.placeOf('cwd'),
    says: `is no folder: ${path} ${whatIs(path) === 'file' ? 'is a file' : 'does not exist'}`,
  });
  return path;
}

/** From weak to strong: shell, login of `uid`, `deploy`, `env`, `env_<name>`, `port`. */
const environmentOf = (app: ParsedApp, ground: Ground, login: Variables): Variables => ({
  ...shellPart(ground.shellEnv, app.values.filter_env),
  ...login,
  ...declaredBy(app, ground),
});

function declaredBy({ values, envBlocks }: ParsedApp, { envName, deployEnv }: Ground): Variables {
  const block = envName !== undefined && Object.hasOwn(envBlocks, envName) ? envBlocks[envName] : {};
  return {
    ...deployEnv,
    ...values.env,
    ...block,
    ...(values.port === undefined ? {} : { PORT: String(values.port) }),
  };
}

/** PWD as a shell in that folder has it, unless the user set another. */
const workingFolder = (env: Variables, shell: Variables, cwd: string): Variables =>
  env.PWD === shell.PWD || env.PWD === undefined ? { PWD: cwd } : {};

function nameOf(values: AppValues, script: FoundScript, envName: string | undefined): string {
  const own = values.name ?? defaultName(script);
  const prefixed = values.name_prefix === undefined ? own : `${values.name_prefix}:${own}`;
  return values.append_env_to_name && envName !== undefined ? `${prefixed}-${envName}` : prefixed;
}

function defaultName(script: FoundScript): string {
  if (script.how === 'program') return basename(script.name);
  const name = script.how === 'file' ? basename(script.path, extname(script.path)) : script.line;
  return Buffer.from(name)
    .subarray(0, MAX_NAME_BYTES)
    .toString()
    .replace(/\p{Cc}|\uFFFD/gu, ' ');
}

const nvmFolderOf = (shell: Variables): string => shell.NVM_DIR ?? join(shell.HOME ?? homedir(), '.nvm');

function loginName(shell: Variables): string {
  try {
    return userInfo().username;
  } catch {
    return shell.USER ?? String(process.getuid?.() ?? 'unknown'); // a user id without a name, as in many containers
  }
}
