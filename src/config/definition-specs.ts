import { basename } from 'node:path';
import { type AppSpec, appKey } from '../shared/app-spec.ts';
import { isRecord } from '../shared/is-record.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { parseApp } from './app-values.ts';
import { checkCron } from './cron-check.ts';
import { type DeclaredApp, declaredIn } from './definition-shape.ts';
import { environment } from './environment-kind.ts';
import { type Finding, mismatch, sentenceOf } from './findings.ts';
import { text } from './kinds.ts';
import { type Ground, makeSpec } from './make-spec.ts';
import { didYouMean } from './nearest-word.ts';
import type { ReadContext } from './read-context.ts';

/** Where a definition comes from. */
export interface Source {
  /** What the report calls it. */
  readonly label: string;
  readonly configFile: string | null;
  readonly folders: Ground['folders'];
}

/** The apps of a definition that were asked for, or every mistake in it, also in those that were not. */
export async function specsOf(value: unknown, context: ReadContext, source: Source): Promise<Outcome<AppSpec[]>> {
  const found: Finding[] = [];
  const { envName, only, flags, shellEnv } = context;
  const { apps, deploy } = declaredIn(value, basename(source.label) === 'package.json', found);
  const { folders, configFile } = source;
  const ground: Ground = { folders, shellEnv, envName, deployEnv: deployEnv(deploy, envName, found), configFile };
  const known: string[] = [];
  const wanted: { at: string; spec: AppSpec }[] = [];
  const envNames = new Set(Object.keys(deploy));
  for (const app of apps) {
    const parsed = parseApp(app, context, found);
    await checkCron(parsed, found);
    for (const name of Object.keys(parsed.envBlocks)) envNames.add(name);
    const declared = nameIn(app);
    const isWanted = (name: string) => only === undefined || only.includes(name);
    const spec = declared === undefined || isWanted(declared) ? makeSpec(parsed, ground, found) : undefined;
    const name = declared ?? spec?.name;
    if (name !== undefined) known.push(name);
    if (spec && name !== undefined && isWanted(name)) wanted.push({ at: app.at, spec });
  }
  for (const name of only ?? []) checkKnown('--only', 'app', name, known, found);
  if (envName !== undefined && apps.length > 0) checkEnvironment(envName, [...envNames], context, found);
  checkNames(wanted, flags.name !== undefined, found);
  // A mistake in a flag is found once for each app.
  const findings = [...new Set(found.map(sentenceOf))];
  if (findings.length > 0) return fail(problem('config/invalid', { path: source.label, findings }));
  return succeed(wanted.map(({ spec }) => spec));
}

/** The name as the file has it, whatever a flag says. */
function nameIn(app: DeclaredApp): string | undefined {
  const parsed = text.parse(app.fields.name);
  return 'value' in parsed ? parsed.value : undefined;
}

function checkKnown(at: string, what: string, name: string, known: readonly string[], found: Finding[]): void {
  if (known.includes(name)) return;
  const all = known.map((one) => `"${one}"`).join(', ');
  const listing = all === '' ? `It has no ${what}s.` : `It has: ${all}.`;
  found.push({ at, says: `names no ${what} of the file: "${name}".${didYouMean(name, known)} ${listing}` });
}

/** Like a known one: a typing error. Else the file has nothing to lay over `env` for it, as `env_development` often is missing. */
function checkEnvironment(name: string, known: readonly string[], { warn }: ReadContext, found: Finding[]): void {
  if (known.includes(name)) return;
  if (didYouMean(name, known) !== '') checkKnown('--env', 'environment', name, known, found);
  else warn?.(`Environment [${name}] is not defined in process file`);
}

function deployEnv(deploy: Readonly<Record<string, unknown>>, name: string | undefined, found: Finding[]) {
  const block = name !== undefined && Object.hasOwn(deploy, name) ? deploy[name] : undefined;
  const value = isRecord(block) ? block.env : undefined;
  if (value === undefined) return {};
  const parsed = environment.parse(value);
  if ('value' in parsed) return parsed.value;
  found.push({ at: `deploy.${name}.env`, says: mismatch(parsed.rule, value, environment) });
  return {};
}

function checkNames(specs: readonly { at: string; spec: AppSpec }[], byFlag: boolean, found: Finding[]): void {
  if (byFlag && specs.length > 1) {
    found.push({ at: '--name', says: `fits one app; the file has ${specs.length}` });
    return;
  }
  const taken = new Map<string, string>();
  for (const { at, spec } of specs) {
    const before = taken.get(appKey(spec));
    if (before !== undefined) {
      found.push({ at, says: `has the name of ${before}, "${spec.name}"; give each app a "name" of its own` });
    }
    taken.set(appKey(spec), at);
  }
}
