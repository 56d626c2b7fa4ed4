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
  const operands = await expandDefinitions(input, session);
  if (!operands.ok) return out.problem(operands.problem);
  const named = await findNamed(session, operands.value);
  if (!named.ok) return out.problem(named.problem);
  for (const workers of named.value) announce(out, action, workers);
  const unwatch = method === 'app.stop' && input.options.watch !== undefined ? { unwatch: true } : {};
  const reply = await ask(method, { targets: named.value.map(({ target }) => target), ...unwatch });
  if (!reply.ok) return out.problem(reply.problem);
  const exitCode = printResults(out, reply.value);
  if (reply.value.reports.length > 0) await showList(session);
  return exitCode;
}

/** Operands with each definition replaced by the names of its apps. */
async function expandDefinitions(input: Input, session: Session): Promise<Outcome<string[]>> {
  const expanded: string[] = [];
  for (const operand of input.operands) {
    if (!isDefinition(operand)) {
      expanded.push(operand);
      continue;
    }
    const specs = await readApps(operand, input, session);
    if (!specs.ok) return specs;
    expanded.push(...specs.value.map(({ namespace, name }) => `${namespace}/${name}`));
  }
  return succeed(expanded);
}
