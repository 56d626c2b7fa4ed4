import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { type AppValues, appKeys, keyNamed } from '../../src/config/keys.ts';
import type { AppSpec } from '../../src/shared/app-spec.ts';
import { ApplyRig, type AppState } from '../helpers/apply-rig.ts';
import { acceptsConnections } from '../helpers/http.ts';
import { Rig } from '../helpers/rig.ts';

/** The apps of the file: cluster mode, fork mode, and one that changes between them. */
type App = 'cluster' | 'fork' | 'moving';

/** Another value of a key than before, and how it is seen that it is in force. */
interface Sample {
  /** Of which apps; default: of cluster and fork. */
  readonly of?: readonly App[];
  readonly value: (at: Place) => unknown;
  /** Looked at until it passes: files are written a moment later. */
  readonly shows: (app: AppState, at: Place) => unknown;
  /** What brings to light that it is in force, where looking does not. */
  readonly proof?: (
    at: Place & { readonly apply: ApplyRig; readonly state: () => Promise<AppState> },
  ) => Promise<unknown>;
  /** What the file says afterwards, where the value would disturb the rest. */
  readonly afterwards?: unknown;
}

interface Place {
  readonly rig: Rig;
  readonly app: App;
  readonly port: number;
}

const isRoot = process.getuid?.() === 0;

const inSpec = (value: unknown, field: (spec: AppSpec) => unknown): Sample => ({
  value: () => value,
  shows: ({ spec }) => expect(field(spec)).toEqual(value),
});

const inArgv = (value: unknown, word: string): Sample => ({
  value: () => value,
  shows: ({ argv }) => expect(argv).toContain(word),
});

const setsVariable = (value: unknown, setting: string): Sample => ({
  value: () => value,
  shows: ({ environ }) => expect(environ).toContain(setting),
});

const asLine = (value: unknown, line: (pid: number) => RegExp): Sample => ({
  value: () => value,
  shows: ({ first }, { rig }) => expect(rig.read(first.outFile ?? '')).toMatch(line(first.pid)),
});

const intoFile = (field: 'outFile' | 'errorFile' | 'logFile', text: string): Sample => ({
  value: ({ rig, app }) => join(rig.work, `${app}-${field}`),
  shows: ({ first }, { rig, app }) => {
    expect(first[field]).toMatch(`${app}-${field}`);
    expect(rig.read(first[field] ?? '')).toContain(`${text} ${first.pid}\n`);
  },
});

const rotated = ({ rig, app }: Place): string[] =>
  readdirSync(join(rig.home, 'logs')).filter((name) => name.startsWith(`${app}-`) && /\.log\..*\d+(\.gz)?$/.test(name));

const isReplaced = async ({ rig, state }: Parameters<NonNullable<Sample['proof']>>[0]): Promise<void> => {
  const [before] = (await state()).pids;
  await rig.until('the worker to be replaced', async () => {
    const { first } = await state();
    return first.pid !== before && first.status === 'online';
  });
};

const restartEnds = async ({ rig, apply, state }: Parameters<NonNullable<Sample['proof']>>[0], by: string) => {
  const { spec, first } = await state();
  await apply.ask('app.restart', { targets: [spec.name] });
  await rig.until(`it to be ended by ${by}`, () =>
    rig.read(first.outFile ?? '').includes(`${first.pid} ends by ${by}\n`),
  );
};

const NO_EFFECT = 'no effect';

/** In the order they are tried in; each is laid over those before it. */
const samples: { readonly [K in keyof AppValues]: Sample | typeof NO_EFFECT } = {
  autorestart: {
    ...inSpec(false, (spec) => spec.autorestart),
    of: ['fork'],
    proof: async ({ rig, apply, state }) => {
      process.kill((await state()).first.pid, 'SIGKILL');
      await rig.until('it to stay down', async () => (await state()).first.status === 'stopped');
      await apply.ask('app.restart', { targets: ['fork'] });
    },
  },
  stop_exit_codes: inSpec([7], (spec) => spec.stopExitCodes),
  max_restarts: inSpec(9, (spec) => spec.maxRestarts),
  min_uptime: inSpec(60, (spec) => spec.minUptimeMs),
  restart_delay: inSpec(70, (spec) => spec.restartDelayMs),
  exp_backoff_restart_delay: {
    ...inSpec(60_000, (spec) => spec.expBackoffRestartDelayMs),
    of: ['cluster'],
    proof: async ({ rig, apply, state }) => {
      process.kill((await state()).first.pid, 'SIGKILL');
      await rig.until('it to wait', async () => (await state()).first.status === 'waiting restart');
      await apply.ask('app.restart', { targets: ['cluster'] });
    },
  },
  max_memory_restart: {
    ...inSpec(1024, (spec) => spec.maxMemoryBytes),
    proof: isReplaced,
    of: ['fork'],
    afterwards: '100G',
  },
  cron_restart: {
    ...inSpec('* * * * * *', (spec) => spec.cronRestart),
    proof: isReplaced,
    of: ['fork'],
    afterwards: 0,
  },
  watch_ext: inSpec(['js'], (spec) => spec.watch.extensions),
  watch_delay: inSpec(20, (spec) => spec.watch.delayMs),
  watch_options: inSpec({ usePolling: true, interval: 20 }, (spec) => spec.watch.options),
  ignore_watch: inSpec(['*.tmp'], (spec) => spec.watch.ignore),
  watch: {
    of: ['cluster'],
    value: ({ rig }) => [join(rig.work, 'watched.js')],
    shows: ({ spec }) => expect(spec.watch.on).toBe(true),
    proof: async (at) => {
      const [before] = (await at.state()).pids;
      await at.rig.until('the worker to be replaced', async () => {
        writeFileSync(join(at.rig.work, 'watched.js'), String(Date.now())); // until the watch is there
        const { first } = await at.state();
        return first.pid !== before && first.status === 'online';
      });
    },
    afterwards: false,
  },
  username: inSpec('deployer', (spec) => spec.username),
  kill_signal: {
    ...inSpec('SIGTERM', (spec) => spec.killSignal),
    proof: (at) => restartEnds(at, 'SIGTERM'),
  },
  shutdown_with_message: {
    ...inSpec(true, (spec) => spec.shutdownWithMessage),
    proof: (at) => restartEnds(at, 'message'),
    afterwards: false,
  },
  kill_timeout: inSpec(9_000, (spec) => spec.killTimeoutMs),
  treekill: inSpec(false, (spec) => spec.treekill),
  wait_ready: inSpec(true, (spec) => spec.waitReady),
  listen_timeout: inSpec(20_000, (spec) => spec.listenTimeoutMs),
  log_compress: inSpec(false, (spec) => spec.logRotation.compress),
  log_keep: inSpec(3, (spec) => spec.logRotation.keep),
  log_max_age: inSpec(1_000_000, (spec) => spec.logRotation.maxAgeMs),
  log_max_total: inSpec(10_000_000, (spec) => spec.logRotation.maxTotalBytes),
  log_max_size: {
    ...inSpec(100, (spec) => spec.logRotation.maxSizeBytes),
    proof: ({ rig, ...at }) =>
      rig.until('the log to be put away as it is', () => rotated({ rig, ...at }).some((name) => !name.endsWith('gz'))),
    afterwards: '1M',
  },
  log_rotate: {
    ...inSpec('* * * * * *', (spec) => spec.logRotation.cron),
    proof: ({ rig, ...at }) => {
      const before = rotated({ rig, ...at }).at(-1);
      return rig.until('the log to be put away', () => rotated({ rig, ...at }).at(-1) !== before);
    },
    afterwards: 0,
  },

  script: {
    value: ({ rig }) => join(rig.work, 'two.js'),
    shows: ({ argv }, { rig }) => expect(argv).toContain(`${rig.work}/two.js`),
  },
  args: inArgv(['--port', '1'], '--port'),
  interpreter_args: inArgv('--no-deprecation', '--no-deprecation'),
  source_map_support: inArgv(true, '--enable-source-maps'),
  cwd: {
    value: ({ rig }) => join(rig.work, 'folder'),
    shows: ({ first, environ }, { rig }) => {
      expect(readlinkSync(`/proc/${first.pid}/cwd`)).toBe(`${rig.work}/folder`);
      expect(environ).toContain(`PWD=${rig.work}/folder`);
    },
  },
  env: {
    value: () => ({ SAID: 'anew' }),
    shows: ({ environ }) => {
      expect(environ).toContain('SAID=anew');
      expect(environ.filter((setting) => setting.startsWith('GONE='))).toEqual([]);
    },
  },
  env_file: {
    value: ({ rig }) => join(rig.work, '.env'),
    shows: ({ environ }) => expect(environ).toContain('FROM_FILE=1'),
  },
  filter_env: {
    value: () => ['OF_THE_SHELL'],
    shows: ({ environ }) => expect(environ.filter((setting) => setting.startsWith('OF_THE_SHELL'))).toEqual([]),
  },
  port: {
    value: ({ port }) => port,
    shows: async ({ environ }, { port }) => {
      expect(environ).toContain(`PORT=${port}`);
      expect(await acceptsConnections(port)).toBe(true);
    },
  },
  increment_var: setsVariable('RAISED', 'RAISED=0'),
  instance_var: setsVariable('MY_SLOT', 'MY_SLOT=0'),
  time: asLine(true, (pid) => new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d: out ${pid}$`, 'm')),
  log_date_format: asLine('[at] YYYY', (pid) => new RegExp(`^at \\d{4}: out ${pid}$`, 'm')),
  log_type: { ...asLine('json', (pid) => new RegExp(`^\\{.*out ${pid}\\b.*\\}$`, 'm')), afterwards: 'raw' },
  out_file: intoFile('outFile', 'out'),
  error_file: intoFile('errorFile', 'err'),
  log_file: intoFile('logFile', 'err'),
  merge_logs: {
    value: () => true,
    shows: ({ first, spec }) => expect(first.outFile).toBe(spec.outFile),
  },
  pid_file: {
    value: ({ rig, app }) => join(rig.work, `${app}.pid`),
    shows: ({ first }, { rig, app }) =>
      expect(rig.read(join(rig.work, `${app}-${first.pmId}.pid`))).toBe(`${first.pid}\n`),
  },
  disable_logs: {
    value: () => true,
    shows: ({ first }) => expect([first.outFile, first.logFile]).toEqual([null, null]),
  },
  interpreter: {
    of: ['fork'],
    value: ({ rig }) => join(rig.work, 'runner.sh'),
    shows: ({ environ }) => expect(environ).toContain('RUNNER=1'),
  },
  gid: { value: () => (isRoot ? '7' : undefined), shows: ({ ids }) => isRoot && expect(ids).toMatch(/ 7$/) },
  uid: {
    value: () => (isRoot ? 'nobody' : undefined),
    shows: ({ ids, environ }) => {
      if (!isRoot) return;
      expect(ids).toMatch(/^65534 7$/);
      expect(environ).toContain('USER=nobody');
    },
  },
  pool: { of: ['cluster'], value: () => 'shared', shows: ({ spec }) => expect(spec.pool).toBe('shared') },
  exec_mode: {
    of: ['moving'],
    value: () => 'cluster',
    shows: ({ environ }) => expect(environ).toContain('exec_mode=cluster_mode'),
  },
  execute_command: {
    of: ['moving'],
    value: () => true,
    shows: ({ environ }) => expect(environ).toContain('exec_mode=fork_mode'),
  },
  instances: { of: ['cluster'], value: () => 2, shows: ({ workers }) => expect(workers).toHaveLength(2) },
  namespace: { value: () => 'group', shows: ({ spec }) => expect(spec.namespace).toBe('group') },
  name_prefix: { value: () => 'pre', shows: ({ spec }, { app }) => expect(spec.name).toBe(`pre:${app}`) },
  append_env_to_name: { value: () => true, shows: ({ spec }, { app }) => expect(spec.name).toBe(`pre:${app}-staging`) },
  name: {
    value: ({ app }) => `new ${app}`,
    shows: ({ spec }, { app }) => expect(spec.name).toBe(`pre:new ${app}-staging`),
  },
  autostart: inSpec(false, (spec) => spec.autostart),

  force: NO_EFFECT,
  kill_retry_time: NO_EFFECT,
  disable_source_map_support: NO_EFFECT,
  vizion: NO_EFFECT,
  pmx: NO_EFFECT,
  automation: NO_EFFECT,
  trace: NO_EFFECT,
  disable_trace: NO_EFFECT,
  v8: NO_EFFECT,
  event_loop_inspector: NO_EFFECT,
  deep_monitoring: NO_EFFECT,
  io: NO_EFFECT,
  km_link: NO_EFFECT,
  post_update: NO_EFFECT,
  windows_hide: NO_EFFECT,
  write: NO_EFFECT,
  install_url: NO_EFFECT,
};

/** The least step that explains what became of an app. */
function stepTaken(before: AppState, after: AppState): string {
  const [old, now] = [before.workers.map(({ pmId }) => pmId), after.workers.map(({ pmId }) => pmId)];
  const same = before.workers.filter(({ pid, startTicks }) =>
    after.workers.some((worker) => worker.pid === pid && worker.startTicks === startTicks),
  );
  if (!old.some((pmId) => now.includes(pmId))) return 'new app';
  if (same.length === Math.min(old.length, now.length)) return old.length === now.length ? 'live' : 'scale';
  if (same.length > 0) return 'a part of it';
  return before.parents[0] === after.parents[0] ? 'reload' : 'restart';
}

const PROGRAM = `
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, (name) => end(name));
process.on('message', (message) => message === 'shutdown' && end('message'));
const end = (by) => { console.log(process.pid + ' ends by ' + by); process.exit(); };
console.log('out ' + process.pid);
console.error('err ' + process.pid);
setInterval(() => console.log('tick'), 50);
require('node:http').createServer().listen(process.env.PORT ?? 0, () => process.send?.('ready'));
`;

test('each key, changed in the file and applied, takes the step that the table says, and is in force; then there is nothing to do', async () => {
  await using rig = await Rig.create();
  // The apps run as nobody in the end, who needs a way to them and to the preload.
  for (const folder of [dirname(rig.work), dirname(dirname(inject('pmBin')))]) await chmod(folder, 0o711);
  for (const name of ['one.js', 'two.js', 'folder/x']) await rig.write(name, PROGRAM);
  await rig.write('watched.js', '');
  await rig.write('.env', 'FROM_FILE=1');
  await chmod(await rig.write('runner.sh', '#!/bin/sh\nexport RUNNER=1\nexec node "$@"\n'), 0o755);
  rig.env.OF_THE_SHELL = '1';
  const common = { script: join(rig.work, 'one.js'), min_uptime: 50, env: { GONE: '1' }, env_staging: {} };
  const apps = {
    cluster: { ...common, name: 'cluster', instances: 1 },
    fork: { ...common, name: 'fork' },
    moving: { ...common, name: 'moving' },
  };
  const apply = await ApplyRig.create(rig, apps);
  const words = Object.keys(apps) as App[];
  const ports = new Map(await Promise.all(words.map(async (app) => [app, await rig.freePort()] as const)));
  const place = (app: App): Place => ({ rig, app, port: ports.get(app) ?? 0 });
  const stateOf = async (app: App): Promise<AppState> => {
    const state = (await apply.state())[app];
    if (!state) throw new Error(`There is no ${app}.`);
    return state;
  };
  await apply.apply();

  for (const [key, sample] of Object.entries(samples)) {
    const step = keyNamed(key)?.step;
    if (sample === NO_EFFECT) {
      expect([key, step]).toEqual([key, 'none']);
      continue;
    }
    const { of = ['cluster', 'fork'], value, shows, proof } = sample;
    const changed = of.filter((app) => value(place(app)) !== undefined);
    const before = await apply.state();
    for (const app of changed) apply.declare(app, { [key]: value(place(app)) });
    await apply.apply();
    const after = await apply.state();
    for (const app of words) {
      const taken = before[app] && after[app] ? stepTaken(before[app], after[app]) : 'none';
      expect([key, app, taken]).toEqual([key, app, changed.includes(app) ? step : 'live']);
    }
    for (const app of changed) {
      await rig.until(`${key} to show in ${app}`, async () => {
        await shows(await stateOf(app), place(app));
        return true;
      });
    }
    expect(
      (await apply.plan()).filter(({ by }) => by !== 'nothing'),
      key,
    ).toEqual([]);
    for (const app of proof ? changed : []) await proof?.({ ...place(app), apply, state: () => stateOf(app) });
    if ('afterwards' in sample) {
      for (const app of changed) apply.declare(app, { [key]: sample.afterwards });
      await apply.apply();
    }
  }

  const foreign = appKeys.filter(({ support }) => support === 'no-effect').map(({ name }) => [name, 'said']);
  for (const app of words) apply.declare(app, Object.fromEntries(foreign));
  expect((await apply.plan()).filter(({ by }) => by !== 'nothing')).toEqual([]);
  apply.close();
}, 180_000);
