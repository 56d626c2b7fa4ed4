import { resolve } from 'node:path';
import type { AppPlan } from '../config/apply-plan.ts';
import { type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { type Input, type Session, textOption } from './command.ts';
import { printResults, type Results } from './output/reports.ts';
import { isDefinition, readApps } from './read-apps.ts';

/** What would have to be done to make what runs equal to what a definition says. */
export async function readPlans(file: string, input: Input, session: Session): Promise<Outcome<AppPlan[]>> {
  if (!isDefinition(file)) {
    const hint = 'One ends in .json, .yml, .yaml or .config.js.';
    return { ok: false, problem: problem('usage/invalid', { message: `"${file}" is not an ecosystem file.`, hint }) };
  }
  const specs = await readApps(file, input, session);
  if (!specs.ok) return specs;
  const listed = await session.ask('app.list', { env: true });
  if (!listed.ok) return listed;
  const envName = textOption(input.options, 'env') ?? null;
  const from = file === '-' ? null : { file: resolve(session.cwd, file), envName };
  const { planApply } = await import('../config/apply-plan.ts'); // with the table of keys
  return succeed(planApply(listed.value, specs.value, { from, prunes: input.options.only === undefined }));
}

/** Does what was planned. Gives the exit code. */
export async function carryOut(plans: readonly AppPlan[], session: Session): Promise<number> {
  const { requestsOf } = await import('../config/apply-plan.ts'); // with the table of keys
  const signal = session.interrupted();
  const { targets, starts } = requestsOf(plans);
  const printed = async (asked: Promise<Outcome<Results>>) => {
    const reply = await asked;
    return reply.ok ? printResults(session.out, reply.value) : session.out.problem(reply.problem);
  };
  const deleted = targets.length > 0 ? await printed(session.ask('app.delete', { targets }, signal)) : 0;
  const started = await Promise.all(starts.map((start) => printed(session.ask('app.start', start, signal))));
  return signal.aborted ? 130 : Math.max(deleted, ...started);
}
