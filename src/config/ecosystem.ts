import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import type { AppSpec } from '../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { readModule } from './definition-module.ts';
import { specsOf } from './definition-specs.ts';
import { type ReadText, readJson, readYaml } from './definition-text.ts';
import { type Deployment, deploymentIn } from './deployment.ts';
import { postUpdateIn } from './post-update.ts';
import type { ReadContext } from './read-context.ts';

/** Reads the apps of a definition file. Any mistake in it fails the whole, with every mistake in one `config/invalid`. */
export async function readEcosystemFile(path: string, context: ReadContext): Promise<Outcome<AppSpec[]>> {
  const file = resolve(context.cwd, path);
  const read = await readFileValue(file, context.envName);
  if (!read.ok) return read;
  const folders = [dirname(file), context.cwd] as const;
  return specsOf(read.value, context, { label: file, configFile: file, folders });
}

/** Reads one deployment of a definition file, by its name in the `deploy` block. The apps of the file are not looked at. */
export async function readDeployment(path: string, name: string): Promise<Outcome<Deployment>> {
  const read = await readFileValue(path, name);
  return read.ok ? deploymentIn(read.value, { name, path }) : read;
}

/** What a definition file wants done when the app of a name has moved to another commit. Nothing: the file has no such app. */
export async function readPostUpdate(path: string, name: string): Promise<Outcome<readonly string[]>> {
  const read = await readFileValue(path, undefined);
  return read.ok ? postUpdateIn(read.value, { name, path }) : read;
}

async function readFileValue(file: string, envName: string | undefined): Promise<Outcome<unknown>> {
  const read = await readValue(file, envName);
  if ('missing' in read) return fail(problem('config/not-found', { path: file }));
  if ('reason' in read) return fail(problem('config/malformed', { path: file, reason: read.reason }));
  return succeed(read.value);
}

/** Reads the apps of a definition in JSON5, as it comes on stdin, or `label` from elsewhere. */
export async function readDefinition(text: string, context: ReadContext, label = 'stdin'): Promise<Outcome<AppSpec[]>> {
  const read = await readJson(text);
  if ('reason' in read) return fail(problem('config/malformed', { path: label, reason: read.reason }));
  return specsOf(read.value, context, { label, configFile: null, folders: [context.cwd] });
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
