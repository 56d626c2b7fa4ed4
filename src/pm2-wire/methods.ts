import type { Connection } from '../api/connection.ts';
import { assertNone } from '../api/pm-error.ts';
import { end, reload, restart } from '../api/pm2/acts.ts';
import { errorFor, notFound, unknownId } from '../api/pm2/callback.ts';
import { listRecords, type Pm2Process } from '../api/pm2/records.ts';
import { sendData, sendMessage, signal, typeLine } from '../api/pm2/talks.ts';
import { appsOfPm2Records } from '../config/pm2-dump.ts';

/** Whose wire this is. */
const PM2_VERSION = '7.0.4';

type Fields = Readonly<Record<string, unknown>>;

interface Call {
  readonly connection: Connection;
  /** The one argument that these methods have. */
  readonly given: unknown;
}

type Method = (call: Call) => Promise<unknown>;

/** PM2's calls, as PM2 7.0.4 answers them. What they give back is a record of the list, or the list. */
export const methods: Readonly<Record<string, Method>> = {
  ping: async () => ({ msg: 'pong' }),
  // Its client warns of any other than its own, and tells users to replace the daemon.
  getVersion: async () => PM2_VERSION,
  getMonitorData: ({ connection }) => listRecords(connection),
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
