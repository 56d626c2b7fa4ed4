import { resolve } from 'node:path';
import { findDefaultEcosystemFile } from '../../config/ecosystem-files.ts';
import { recordOf } from '../../config/plan-record.ts';
import { problem } from '../../shared/problems.ts';
import { carryOut, readPlans } from '../apply-file.ts';
import { defineCommand } from '../command.ts';
import { planLines } from '../output/plan-rows.ts';
import { showList } from '../output/show-list.ts';
import { ENV, ONLY } from '../shared-options.ts';

export default defineCommand({
  summary: 'Make what runs equal to what an ecosystem file says, changing no more than that takes',
  operands: '[file]',
  operandsHelp:
    'Without a file, that of the current folder. Changes nothing that is as the file says; apps that were applied from\n' +
    'the file before and are gone from it are deleted, unless --only is given. docs/apply.md says what each key takes.',
  options: [
    { flags: '--plan', help: 'Say what would be done, and do nothing.' },
    { flags: '--json', help: 'With --plan: as JSON.' },
    ONLY,
    ENV,
  ],
  example: ['pm apply ecosystem.yml --plan', 'what would change, in one line each'],
  run: async (input, session) => {
    const { out, cwd } = session;
    const { plan: plansOnly = false, json = false } = input.options;
    if (json && !plansOnly) return out.problem(problem('usage/invalid', { message: '--json goes with --plan.' }));
    const file = input.operands[0] ?? findDefaultEcosystemFile(cwd);
    if (file === undefined)
      return out.problem(problem('config/not-found', { path: resolve(cwd, 'ecosystem.config.js') }));
    const plans = await readPlans(file, input, session);
    if (!plans.ok) return out.problem(plans.problem);
    if (json) out.data(`${JSON.stringify(plans.value.map(recordOf), null, 2)}\n`);
    else for (const line of planLines(plans.value)) out.line(line);
    const calm = plans.value.every(({ step }) => step === 'none');
    if (calm && !json) out.note(`Nothing to do: what runs is what ${file === '-' ? 'stdin' : file} says.`);
    if (plansOnly) return 0;
    const exitCode = await carryOut(plans.value, session);
    if (!calm) await showList(session);
    return exitCode;
  },
});
