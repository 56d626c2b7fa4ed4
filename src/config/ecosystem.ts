import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { type AppSpec, appKey } from '../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { type ParsedApp, parseApp } from './app-values.ts';
import { readModule } from './definition-module.ts';
import { declaredIn, isFields } from './definition-shape.ts';
import { type ReadText, readJson, readYaml } from './definition-text.ts';
import { environment } from './environment-kind.ts';
import { type Finding, mismatch, sentenceOf } from './findings.ts';
import { type Ground, makeSpec } from './make-spec.ts';
import { didYouMean } from './nearest-word.ts';
import type { ReadContext } from './read-context.ts';

/** Reads the apps of a definition file. Any mistake in it fails the whole, with every mistake in one `config/invalid`. */
export async function readEcosystemFile(path: string, context: ReadContext): Promise<Outcome<AppSpec[]>> {
  const file = resolve(context.cwd, path);
  const read = await readValue(file, context.envName);
  if ('missing' in read) return fail(problem('config/not-found', { path: file }));
  if ('reason' in read) return fail(problem('config/malformed', { path: file, reason: read.reason }));
  const folders = [dirname(file), context.cwd] as const;
  return specsOf(read.value, context, { label: file, configFile: file, folders });
}

/** Reads the apps of a definition in JSON5, as it comes on stdin. */
export async function readDefinition(text: string, context: ReadContext): Promise<Outcome<AppSpec[]>> {
  const read = await readJson(text);
  if ('reason' in read) return fail(problem('config/malformed', { path: 'stdin', reason: read.reason }));
  return specsOf(read.value, context, { label: 'stdin', configFile: null, folders: [context.cwd] });
}

async function readValue(path: string, envName: string | undefined): Promise<ReadText | { missing: true }> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => ({ code: codeOf(error) }));
  if (typeof text !== 'string') {
    return text.code === 'ENOENT' || text.code === 'ENOTDIR'
      ? { missing: true }
      : { reason: reasons[text.code] ?? text.code };
  }
  const extension = extname(path).toLowerCase();
  if (extension === '.yml' || extension === '.yaml') return readYaml(text);
  return extension.startsWith('.json') ? readJson(text) : readModule(path, envName);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

const reasons: Readonly<Record<string, string>> = { EACCES: 'permission denied', EISDIR: 'it is a folder' };

interface Source {
  /** What the report calls it. */
  readonly label: string;
  readonly configFile: string | null;
  readonly folders: Ground['folders'];
}

function specsOf(value: unknown, context: ReadContext, source: Source): Outcome<AppSpec[]> {
  const found: Finding[] = [];
  const { envName, only, flags } = context;
  const declared = declaredIn(value, basename(source.label) === 'package.json', found);
  if (flags.name !== undefined && declared.apps.length > 1) {
    found.push({ at: '--name', says: `fits one app; the file has ${declared.apps.length}` });
  }
  const ground: Ground = {
    folders: source.folders,
    shellEnv: context.shellEnv,
    envName,
    deployEnv: deployEnv(declared.deploy, envName, found),
    configFile: source.configFile,
  };
  const apps = declared.apps.map((app) => {
    const parsed = parseApp(app, flags, found);
    const { name } = parsed.values;
    const unwanted = only !== undefined && name !== undefined && !only.includes(name);
    return { at: app.at, name, parsed, spec: unwanted ? undefined : makeSpec(parsed, ground, found) };
  });
  const known = apps.map(({ name, spec }) => name ?? spec?.name ?? '').filter((name) => name !== '');
  const wanted = apps.flatMap(({ at, name, spec }) =>
    spec && (only === undefined || only.includes(name ?? spec.name)) ? [{ at, spec }] : [],
  );
  checkEnvName(
    envName,
    apps.map(({ parsed }) => parsed),
    declared.deploy,
    found,
  );
  checkOnly(only ?? [], known, found);
  checkNames(wanted, found);
  if (found.length > 0) return fail(problem('config/invalid', { path: source.label, findings: found.map(sentenceOf) }));
  return succeed(wanted.map(({ spec }) => spec));
}

function checkOnly(only: readonly string[], known: readonly string[], found: Finding[]): void {
  for (const name of only.filter((wanted) => !known.includes(wanted))) {
    found.push({
      at: '--only',
      says: `names no app of the file: "${name}".${didYouMean(name, known)}${listing('apps', known)}`,
    });
  }
}

function checkEnvName(name: string | undefined, apps: readonly ParsedApp[], deploy: object, found: Finding[]): void {
  const known = new Set([...apps.flatMap((app) => Object.keys(app.envBlocks)), ...Object.keys(deploy)]);
  if (name === undefined || known.has(name) || apps.length === 0) return;
  found.push({
    at: '--env',
    says: `names no "env_${name}" of the file.${didYouMean(name, known)}${listing('environments', [...known])}`,
  });
}

const listing = (what: string, names: readonly string[]): string =>
  names.length === 0 ? ` It has no ${what}.` : ` Its ${what}: ${names.map((name) => `"${name}"`).join(', ')}.`;

function deployEnv(deploy: Readonly<Record<string, unknown>>, name: string | undefined, found: Finding[]) {
  const block = name !== undefined && Object.hasOwn(deploy, name) ? deploy[name] : undefined;
  const value = isFields(block) ? block.env : undefined;
  if (value === undefined) return {};
  const parsed = environment.parse(value);
  if ('value' in parsed) return parsed.value;
  found.push({ at: `deploy.${name}.env`, says: mismatch(parsed.rule, value, environment) });
  return {};
}

function checkNames(specs: readonly { at: string; spec: AppSpec }[], found: Finding[]): void {
  const taken = new Map<string, string>();
  for (const { at, spec } of specs) {
    const before = taken.get(appKey(spec));
    if (before !== undefined) {
      found.push({ at, says: `has the name of ${before}, "${spec.name}"; give each app a "name" of its own` });
    }
    taken.set(appKey(spec), at);
  }
}
