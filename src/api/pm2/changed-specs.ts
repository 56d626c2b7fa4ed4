import { differingFields } from '../../config/differing-fields.ts';
import type { AppSpec } from '../../shared/app-spec.ts';
import { matchTarget } from '../../shared/target.ts';
import { readDefinitions } from '../app-definition.ts';
import type { Connection } from '../connection.ts';
import { PmError } from '../pm-error.ts';
import { listApps } from './records.ts';

/** The apps that a target names, with keys of a definition laid over what they were declared with. */
export async function changedSpecs(
  connection: Connection,
  target: string,
  { keys, env }: { keys: Readonly<Record<string, unknown>>; env: Readonly<Record<string, string>> },
): Promise<AppSpec[]> {
  const matches = matchTarget(await listApps(connection), target);
  return Promise.all(
    matches.map(async ({ app: { spec } }) => ({
      ...spec,
      ...(await fieldsOf(spec, keys)),
      env: { ...spec.env, ...env },
    })),
  );
}

/** What keys stand for: the fields in which a definition with them differs from the same without. */
async function fieldsOf(spec: AppSpec, keys: Readonly<Record<string, unknown>>): Promise<Partial<AppSpec>> {
  const [without, having] = await Promise.all([specWith(spec, {}), specWith(spec, keys)]);
  return differingFields(without, having);
}

async function specWith({ script, cwd }: AppSpec, keys: Readonly<Record<string, unknown>>): Promise<AppSpec> {
  const read = await readDefinitions(script, { keys: { cwd, ...keys } });
  if (!read.ok) throw new PmError(read.problem);
  const [spec] = read.value;
  if (spec === undefined) throw new Error(`No app comes of ${script}.`);
  return spec;
}
