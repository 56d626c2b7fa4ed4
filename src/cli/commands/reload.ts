import { applyDefinition } from '../apply-definitions.ts';
import { changingFlags } from '../changing-flags.ts';
import { defineCommand, type Input, type Session } from '../command.ts';
import { findNamed } from '../named-workers.ts';
import { announce, printFailures, printReceipt } from '../output/reports.ts';
import { readParallel } from '../parallel.ts';
import { isDefinition } from '../read-apps.ts';
import { environmentFor, redeclareNamed } from '../restart-named.ts';
import { CHANGES_HELP, ENV, ONLY, PARALLEL, TARGETS_HELP, UPDATE_ENV } from '../shared-options.ts';

export default defineCommand({
  summary: 'Replace workers one by one by new ones, without losing a request',
  operands: '<target...>',
  operandsHelp: `${TARGETS_HELP}\n${CHANGES_HELP}\nAn app whose new code fails keeps its old workers. Ctrl-C aborts.`,
  options: [UPDATE_ENV, PARALLEL, ONLY, ENV],
  changesApps: true,
  takesAppArgs: true,
  example: ['pm reload api', 'after a deploy; ends with a receipt'],
  run: async (input, session) => {
    const exitCodes: number[] = [];
    const names = input.operands.filter((operand) => !isDefinition(operand));
    for (const operand of input.operands.filter(isDefinition))
      exitCodes.push((await applyDefinition(operand, input, session, 'reload')).exitCode);
    if (names.length > 0) exitCodes.push(await reloadNamed(names, input, session));
    return Math.max(...exitCodes);
  },
});

async function reloadNamed(names: readonly string[], input: Input, session: Session): Promise<number> {
  const { ask, out } = session;
  const env = environmentFor(input, session);
  if (env === 'refused') return 1;
  const bound = readParallel(input, session);
  if (!bound.ok) return out.problem(bound.problem);
  const named = await findNamed(session, names);
  if (!named.ok) return out.problem(named.problem);
  const flags = changingFlags(input);
  if (Object.keys(flags).length > 0)
    return (await redeclareNamed(named.value, { flags, ...env, ...bound.value }, 'reload', session)).exitCode;
  for (const workers of named.value) announce(out, 'reloadProcessId', workers);
  const signal = session.interrupted();
  const targets = named.value.map(({ target }) => target);
  const reply = await ask('app.reload', { targets, ...env, ...bound.value }, signal);
  if (!reply.ok) return signal.aborted ? 130 : out.problem(reply.problem);
  for (const receipt of reply.value.receipts) printReceipt(out, receipt);
  const exitCode = printFailures(out, { reports: [], problems: reply.value.problems });
  return signal.aborted ? 130 : exitCode;
}
