import { type AppSpec, appKey } from '../shared/app-spec.ts';
import { type Outcome, succeed } from '../shared/outcome.ts';
import type { Input, Session } from './command.ts';
import { findNamed } from './named-workers.ts';
import { announce, printResults } from './output/reports.ts';
import { showList } from './output/show-list.ts';
import { isDefinition, readApps } from './read-apps.ts';

/** A request that acts on named workers, and the name that PM2 prints for it. */
interface Act {
  readonly method: 'app.stop' | 'app.delete' | 'app.reset';
  readonly action: string;
}

/** Says what is done to which workers, has the daemon do it, prints what became of each, and the list. */
export async function act({ method, action }: Act, input: Input, session: Session): Promise<number> {
  const { ask, out } = session;
  const declared = await declaredApps(input, session);
  if (!declared.ok) return out.problem(declared.problem);
  const names = new Map(declared.value.map((spec) => [appKey(spec), spec.name]));
  const words = input.operands.filter((operand) => !isDefinition(operand));
  const found = await findNamed(session, [...words, ...names.keys()]);
  if (!found.ok) return out.problem(found.problem);
  const ofFiles = found.value.slice(words.length).map((app) => ({ ...app, typed: names.get(app.typed) ?? app.typed }));
  const gone = ofFiles.filter(({ pmIds }) => pmIds.length === 0);
  if (gone.length > 0) out.aside(`Not on the list: ${gone.map(({ typed }) => typed).join(', ')}`);
  const all = [...found.value.slice(0, words.length), ...ofFiles.filter((app) => !gone.includes(app))];
  for (const workers of all) announce(out, action, workers);
  const unwatch = method === 'app.stop' && input.options.watch !== undefined ? { unwatch: true } : {};
  const reply = all.length > 0 ? await ask(method, { targets: all.map(({ target }) => target), ...unwatch }) : NOTHING;
  if (!reply.ok) return out.problem(reply.problem);
  const exitCode = printResults(out, reply.value);
  if (reply.value.reports.length > 0 || all.length === 0) await showList(session);
  return exitCode;
}

const NOTHING = succeed({ reports: [], problems: [] });

/** The apps of the definitions among the operands. What is not there any more is as it should be. */
async function declaredApps(input: Input, session: Session): Promise<Outcome<AppSpec[]>> {
  const declared: AppSpec[] = [];
  for (const operand of input.operands.filter(isDefinition)) {
    const specs = await readApps(operand, input, session);
    if (!specs.ok) return specs;
    declared.push(...specs.value);
  }
  return succeed(declared);
}
