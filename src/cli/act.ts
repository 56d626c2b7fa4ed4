import { type AppSpec, appKey } from '../shared/app-spec.ts';
import { type Outcome, succeed } from '../shared/outcome.ts';
import type { Input, Session } from './command.ts';
import { findNamed, type NamedWorkers } from './named-workers.ts';
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
  const named = await findNamed(
    session,
    input.operands.filter((operand) => !isDefinition(operand)),
  );
  if (!named.ok) return out.problem(named.problem);
  const ofFiles = await findNamed(session, declared.value.map(appKey));
  if (!ofFiles.ok) return out.problem(ofFiles.problem);
  const there = ofFiles.value.flatMap(({ target, pmIds }, index) =>
    pmIds.length > 0 ? [{ typed: declared.value[index]?.name ?? target, target, pmIds }] : [],
  );
  if (there.length < declared.value.length) out.aside(`Not on the list: ${namesGone(declared.value, there)}`);
  const all = [...named.value, ...there];
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

const namesGone = (declared: readonly AppSpec[], there: readonly NamedWorkers[]): string =>
  declared
    .filter((spec) => !there.some(({ target }) => target === appKey(spec)))
    .map(({ name }) => name)
    .join(', ');
