import { basename, dirname } from 'node:path';
import type { AppSpec } from '../shared/app-spec.ts';
import { isRecord } from '../shared/is-record.ts';
import { fileNameOf } from '../shared/paths.ts';
import { type Problem, problem } from '../shared/problems.ts';
import type { RestoredApp } from '../shared/restored-app.ts';
import { parseApp } from './app-values.ts';
import { checkCron } from './cron-check.ts';
import { shellPart } from './environment.ts';
import { type Finding, sentenceOf } from './findings.ts';
import { keyNamed } from './keys.ts';
import { makeSpec } from './make-spec.ts';

/** One worker of PM2, as in dump.pm2: what PM2 was told of the app, its variables, and its state, all on one level. */
type Pm2Record = Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, unknown>>;

/** Makes apps of the records of a dump that PM2 wrote. One that cannot be had is a problem, and no concern of the others. */
export async function appsOfPm2Records(
  records: readonly Pm2Record[],
  path: string,
): Promise<{ apps: RestoredApp[]; problems: Problem[] }> {
  const apps: RestoredApp[] = [];
  const problems: Problem[] = [];
  for (const group of groupsOf(records)) {
    const found: Finding[] = [];
    const spec = await specOf(group, found);
    const findings = [...new Set(found.map(sentenceOf))];
    if (spec && findings.length === 0) apps.push({ spec, workers: workersOf(group) });
    else problems.push(problem('config/invalid', { path: `"${group[0].name}" of ${path}`, findings }));
  }
  return { apps, problems };
}

type Group = readonly [Pm2Record, ...Pm2Record[]];

/** PM2 calls workers of different scripts one app when their names are the same; these are apps of their own here: `api-2`. */
function groupsOf(records: readonly Pm2Record[]): Group[] {
  const groups = new Map<string, [Pm2Record, ...Pm2Record[]]>();
  const scripts = new Map<string, string[]>();
  for (const record of records) {
    const key = `${record.namespace}/${record.name}`;
    const known = scripts.get(key) ?? [];
    const script = String(record.pm_exec_path);
    if (!known.includes(script)) scripts.set(key, [...known, script]);
    const place = (scripts.get(key) ?? []).indexOf(script);
    const named = place === 0 ? record : { ...record, name: `${record.name}-${place + 1}` };
    const group = groups.get(`${key} ${place}`);
    if (group) group.push(named);
    else groups.set(`${key} ${place}`, [named]);
  }
  return [...groups.values()];
}

async function specOf(group: Group, found: Finding[]): Promise<AppSpec | undefined> {
  const app = parseApp({ at: '', fields: fieldsOf(group) }, { flags: {}, shellEnv: {} }, found);
  await checkCron(app, found);
  const cwd = String(group[0].pm_cwd);
  return makeSpec(app, { folders: [cwd], shellEnv: {}, envName: undefined, deployEnv: {}, configFile: null }, found);
}

/** What a definition of the app would say. */
function fieldsOf([record, ...others]: Group): Fields {
  const env = variablesOf(record);
  const mode = record.exec_mode === 'cluster_mode' ? 'cluster' : 'fork';
  const separate = record.merge_logs !== true && (mode === 'cluster' || others.length > 0);
  const file = (path: unknown, usual: string): Fields[string] => {
    if (typeof path !== 'string') return undefined;
    const plain = separate ? path.replace(/-\d+(?=(\.[^./]*)?$)/, '') : path;
    const isUsual = basename(plain) === usual && basename(dirname(plain)) === 'logs';
    return isUsual ? undefined : plain;
  };
  const name = fileNameOf(String(record.name));
  return {
    ...toldOf(record, env),
    script: record.pm_exec_path,
    cwd: record.pm_cwd,
    interpreter: record.exec_interpreter,
    interpreter_args: record.node_args,
    exec_mode: mode,
    instances: mode === 'cluster' || others.length > 0 ? others.length + 1 : undefined,
    env,
    out_file: file(record.pm_out_log_path, `${name}-out.log`),
    error_file: file(record.pm_err_log_path, `${name}-error.log`),
    log_file: record.pm_log_path === undefined ? undefined : (file(record.pm_log_path, `${name}.log`) ?? true),
    merge_logs: separate || mode === 'fork' ? undefined : record.merge_logs, // of a lone process it says nothing
  };
}

/** Keys of a definition that PM2 keeps as they were given, and `env_<name>` blocks. A variable may have the name of a key. */
function toldOf(record: Pm2Record, env: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) => {
      if (/^env_./.test(name)) return isRecord(value);
      const key = keyNamed(name);
      return key?.name === name && value !== null && env[name] !== String(value);
    }),
  );
}

/** Variables of PM2 for its own purposes. */
const OWN = /^PM2_(USAGE|INTERACTOR_PROCESSING|JSON_PROCESSING|PROGRAMMATIC|DISCRETE_MODE)$/;

function variablesOf({ env }: Pm2Record): Readonly<Record<string, string>> {
  const scalars = Object.entries(isRecord(env) ? env : {}).flatMap(([name, value]) =>
    typeof value === 'object' || OWN.test(name) ? [] : [[name, String(value)] as const],
  );
  return shellPart({ ...Object.fromEntries(scalars), pm_id: '' }, []); // as in a shell inside of a worker
}

function workersOf(group: Group): RestoredApp['workers'] {
  const slots = group.map((record) => record[String(record.instance_var ?? 'NODE_APP_INSTANCE')]);
  const distinct = new Set(slots).size === slots.length && slots.every((slot) => Number.isInteger(slot));
  return group.map((record, index) => ({
    slot: distinct ? Number(slots[index]) : index,
    createdAt: typeof record.created_at === 'number' ? record.created_at : Date.now(),
    shouldRun: record.status !== 'stopped',
  }));
}
