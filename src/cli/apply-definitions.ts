import { problem } from '../shared/problems.ts';
import type { Input, Session } from './command.ts';
import { type Done, declareApps } from './declare-apps.ts';
import { showList } from './output/show-list.ts';
import { readParallel } from './parallel.ts';
import { isDefinition, readApps } from './read-apps.ts';

/** Starts or replaces the apps of each definition among the operands; the list comes last. Gives the exit code. */
export async function applyDefinitions(
  input: Input,
  session: Session,
  existing: 'restart' | 'reload',
): Promise<number> {
  let exitCode = 0;
  for (const operand of input.operands) {
    const done = await applyDefinition(operand, input, session, existing);
    exitCode ||= done.exitCode;
  }
  await showList(session);
  return exitCode;
}

/** Starts the apps of one definition, and replaces those that are there already. */
export async function applyDefinition(
  operand: string,
  input: Input,
  session: Session,
  existing: 'restart' | 'reload',
): Promise<Done> {
  const { out } = session;
  if (!isDefinition(operand)) {
    return {
      exitCode: out.problem(
        problem('usage/invalid', {
          message: `"${operand}" is not an ecosystem file.`,
          hint: 'One ends in .json, .yml, .yaml or .config.js.',
        }),
      ),
      acted: false,
    };
  }
  const bound = readParallel(input, session);
  if (!bound.ok) return { exitCode: out.problem(bound.problem), acted: false };
  const specs = await readApps(operand, input, session);
  if (!specs.ok) return { exitCode: out.problem(specs.problem), acted: false };
  return declareApps(specs.value, { existing, ...bound.value }, session);
}
