import { pm2Environment } from '../protocol/pm2-record.ts';
import { finite, object } from '../protocol/shape.ts';
import { type AppSpec, appKey } from '../shared/app-spec.ts';
import { isRecord } from '../shared/is-record.ts';
import type { Paths } from '../shared/paths.ts';
import type { AppEntry } from './app-list.ts';
import { type SavedApp, type SavedWorker, saveApp, savedAppsShape } from './saved-app.ts';

/** A worker as PM2 dumps it. */
export type Pm2Record = Readonly<Record<string, unknown>>;

/** What a dump holds. */
export interface Dump {
  readonly apps: readonly SavedApp[];
  /** Records that PM2 wrote: only the reader of definitions can make apps of them. */
  readonly foreign: readonly Pm2Record[];
}

/** Our own dump: the apps as they are. */
interface OwnDump {
  readonly savedAt: number;
  readonly apps: readonly SavedApp[];
}

const ownShape = object<OwnDump>({ savedAt: finite, apps: savedAppsShape });

/** What our own records have besides PM2's fields: the rest of the app, whose variables are in `env`. */
interface Rest {
  readonly spec: Omit<AppSpec, 'env'>;
  readonly masterId: string;
  readonly worker: SavedWorker;
}

const REST = 'pm_app';

/** The text of a dump: in PM2's home a list of PM2's records, one for each worker, which its users edit and search. */
export function dumpText(apps: readonly AppEntry[], names: Paths['names'], now: number): string {
  const value =
    names === 'pm2' ? apps.flatMap(recordsOf) : ({ savedAt: now, apps: apps.map(saveApp) } satisfies OwnDump);
  return JSON.stringify(value, null, 2);
}

function recordsOf(entry: AppEntry): object[] {
  const { spec, masterId, workers } = saveApp(entry);
  const { env: _, ...rest } = spec;
  return entry.workers.map(({ view }, index) => {
    const { instances: __, ...record } = pm2Environment(spec, view);
    return { ...record, [REST]: { spec: rest, masterId, worker: workers[index] } };
  });
}

/** Reads a dump of either form; a text: why it is none. */
export function parseDump(text: string): Dump | string {
  const value = parseJson(text);
  if (value instanceof Error) return value.message;
  if (!Array.isArray(value)) return ownShape(value, 'dump') ?? { apps: (value as OwnDump).apps, foreign: [] }; // the shape holds
  const records: readonly unknown[] = value;
  const misfit = records.findIndex((record) => !isRecord(record));
  if (misfit >= 0) return `dump[${misfit}] must be an object`;
  const known = records.filter(isRecord);
  const apps = gather(known.filter((record) => REST in record));
  return savedAppsShape(apps, 'dump') ?? { apps, foreign: known.filter((record) => !(REST in record)) };
}

/** The apps of our own records. Whether they are whole is for the shape to say. */
function gather(records: readonly Pm2Record[]): SavedApp[] {
  const apps = new Map<string, { spec: AppSpec; masterId: string; workers: SavedWorker[] }>();
  for (const record of records) {
    const { spec: rest, masterId, worker } = (record[REST] ?? {}) as Rest; // checked by the shape, as the next
    const spec = { ...rest, env: record.env as AppSpec['env'] };
    const app = apps.get(appKey(spec)) ?? { spec, masterId, workers: [] };
    app.workers.push(worker);
    apps.set(appKey(spec), app);
  }
  return [...apps.values()];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
