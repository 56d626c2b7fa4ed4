import { userInfo } from 'node:os';
import type { Connection } from '../api/connection.ts';
import { assertNone } from '../api/pm-error.ts';
import { end, reload, restart } from '../api/pm2/acts.ts';
import { errorFor, notFound, unknownId } from '../api/pm2/callback.ts';
import { listApps, listRecords, type Pm2Process } from '../api/pm2/records.ts';
import { sendData, sendMessage, signal, typeLine } from '../api/pm2/talks.ts';
import { appsOfPm2Records } from '../config/pm2-dump.ts';
import { measureHost } from '../shared/host-metrics.ts';
import { matchTarget } from '../shared/target.ts';

/** Whose wire this is. */
const PM2_VERSION = '7.0.4';

/** For as long PM2 profiles when nobody says for how long. */
const PROFILE_MS = 5_000;

type Fields = Readonly<Record<string, unknown>>;

interface Call {
  readonly connection: Connection;
  /** The one argument that most methods have. */
  readonly given: unknown;
  /** A second one. */
  readonly value: unknown;
}

type Method = (call: Call) => Promise<unknown>;

/** PM2's calls, as PM2 7.0.4 answers them. What they give back is a record of the list, or the list. */
export const methods: Readonly<Record<string, Method>> = {
  ping: async () => ({ msg: 'pong' }),
  // Its client warns of any other than its own, and tells users to replace the daemon.
  getVersion: async () => PM2_VERSION,
  getMonitorData: ({ connection }) => listRecords(connection),
  getSystemData: () => measureHost(),
  getReport: ({ connection }) => reportOf(connection),
  prepare: async ({ connection, given }) => {
    const { apps, problems } = await appsOfPm2Records([fieldsOf(given)], 'the call');
    const restored = await connection.call('app.restore', { apps });
    assertNone([...problems, ...restored.problems]);
    const ids = restored.reports.flatMap(({ workers }) => workers.map(({ pmId }) => pmId));
    return (await listRecords(connection)).filter(({ pm_id }) => ids.includes(pm_id));
  },
  startProcessId: toOne((connection, id) => restart(connection, id, {})),
  restartProcessId: toOne((connection, id, options) => restart(connection, id, options)),
  reloadProcessId: toOne((connection, id, options) => reload(connection, id, options)),
  softReloadProcessId: toOne((connection, id, options) => reload(connection, id, options)),
  stopProcessId: toOne((connection, id) => end(connection, 'app.stop', id)),
  deleteProcessId: toOne((connection, id) => end(connection, 'app.delete', id)),
  duplicateProcessId: toOne(async (connection, id) => {
    const { problems } = await connection.call('app.scale', { target: String(id), by: 1 });
    assertNone(problems);
  }),
  resetMetaProcessId: ({ connection, given }) =>
    inWords(notFound(idIn(given)), async () => {
      const { problems } = await connection.call('app.reset', { targets: [String(idIn(given))] });
      assertNone(problems);
      return listRecords(connection);
    }),
  sendSignalToProcessId: ({ connection, given }) => {
    const id = idIn(given);
    const wording = { 'target/not-found': `${id} id unknown` };
    return inWords(wording, () => signal(connection, String(fieldsOf(given).signal), id));
  },
  sendSignalToProcessName: ({ connection, given }) => {
    const { process_name, signal: name } = fieldsOf(given);
    const wording = { 'target/not-found': 'Unknown process name' };
    return inWords(wording, () => signal(connection, String(name), String(process_name)));
  },
  sendDataToProcessId: ({ connection, given }) =>
    inWords(unknownId(idIn(given)), () => sendData(connection, given as Parameters<typeof sendData>[1])), // checked there
  sendLineToStdin: ({ connection, given }) =>
    inWords(unknownId(idIn(given)), () => typeLine(connection, idIn(given), String(fieldsOf(given).line), '')),
  msgProcess: ({ connection, given }) =>
    inWords(unknownId(idIn(given)), () => sendMessage(connection, given as Parameters<typeof sendMessage>[1])), // checked by the daemon
  startWatch: (call) => setWatch(call, () => true),
  stopWatch: (call) => setWatch(call, () => false),
  toggleWatch: (call) => setWatch(call, (on) => !on),
  // The vendor's service is not there to be told.
  monitor: toOne(async () => undefined),
  unmonitor: toOne(async () => undefined),
  profileCPU: ({ connection, given }) => profile(connection, 'cpu', fieldsOf(given)),
  profileMEM: ({ connection, given }) => profile(connection, 'heap', fieldsOf(given)),
  reloadLogs: async ({ connection }) => connection.call('logs.reopen', {}),
  // The bus tells what happens of its own accord.
  notifyByProcessId: async () => undefined,
  notifyKillPM2: async () => undefined,
  killMe: async ({ connection, given }) => {
    await connection.call('daemon.kill', {});
    const { pid } = fieldsOf(given);
    if (typeof pid === 'number' && pid > 1) process.kill(pid, 'SIGQUIT'); // what PM2's client waits for
  },
};

/** Does something to one worker, and gives its record as it is then, or was. */
function toOne(act: (connection: Connection, id: number, options: Fields) => Promise<unknown>): Method {
  return ({ connection, given }) =>
    inWords(notFound(idIn(given)), async () => {
      const id = idIn(given);
      const before = await listRecords(connection, id);
      await act(connection, id, optionsIn(given));
      const [record = restingRecord(before)] = await listRecords(connection, id);
      return record;
    });
}

/** Has files watched, or not, for the apps that run. A call names a method of PM2's, and what that method was to be done to. */
async function setWatch({ connection, given, value }: Call, wanted: (on: boolean) => boolean): Promise<undefined> {
  const target = /All$/.test(String(given)) ? 'all' : String(value ?? given);
  const running = matchTarget(await listApps(connection), target).filter(({ app }) => app.workers.some(isUp));
  const specs = running.map(({ app: { spec } }) => ({
    ...spec,
    watch: { ...spec.watch, on: wanted(spec.watch.on) },
  }));
  const { problems } = await connection.call('app.start', { specs, existing: 'keep' });
  assertNone(problems);
}

const isUp = ({ status }: { readonly status: string }): boolean => status === 'online' || status === 'launching';

async function profile(connection: Connection, what: 'cpu' | 'heap', { pwd, timeout }: Fields): Promise<object> {
  const path = String(pwd);
  await connection.call('daemon.profile', { what, durationMs: Number(timeout ?? PROFILE_MS), path });
  return { file: path };
}

/** What PM2 says of its daemon. Its variables are nobody's business. */
async function reportOf(connection: Connection): Promise<object> {
  const { startedAt } = await connection.call('daemon.ping', {});
  const apps = await listApps(connection);
  return {
    pm2_version: PM2_VERSION,
    node_version: process.versions.node,
    node_path: process.execPath,
    argv0: process.argv0,
    argv: process.argv,
    user: userInfo().username,
    uid: process.getuid?.() ?? null,
    gid: process.getgid?.() ?? null,
    env: {},
    managed_apps: apps.reduce((count, { workers }) => count + workers.length, 0),
    started_at: startedAt,
  };
}

const restingRecord = ([record]: readonly Pm2Process[]): object | undefined =>
  record && { ...record, pid: 0, pm2_env: { ...record.pm2_env, status: 'stopped' } };

/** The variables of a restart come with settings of PM2's own, and count when the caller says so. */
function optionsIn(given: unknown): Fields {
  const { env } = fieldsOf(given);
  const { updateEnv, current_conf, ...variables } = fieldsOf(env);
  const texts = Object.entries(variables).filter(([, value]) => typeof value === 'string');
  return updateEnv ? { env: Object.fromEntries(texts) } : {};
}

function idIn(given: unknown): number {
  const { id, pm_id, process_id } = fieldsOf(given);
  return Number(id ?? pm_id ?? process_id ?? given);
}

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {});

/** Failures in PM2's words. */
async function inWords<T>(wordings: Readonly<Record<string, string>>, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw errorFor(error, wordings);
  }
}
