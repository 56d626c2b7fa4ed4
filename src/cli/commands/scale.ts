import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { defineCommand } from '../command.ts';
import { printResults } from '../output/reports.ts';
import { showList } from '../output/show-list.ts';

type Size = { readonly to: number } | { readonly by: number };

export default defineCommand({
  summary: 'Change the number of workers of an app',
  operands: '<app> <number>',
  operandsHelp: '<number> is the new number, or +n or -n for more or less.',
  example: ['pm scale api +2', 'adds two workers; the others go on serving'],
  run: async ({ operands: [target = '', number = ''] }, session) => {
    const { ask, out } = session;
    const size = parseSize(number);
    if (!size.ok) return out.problem(size.problem);
    const reply = await ask('app.scale', { target, ...size.value });
    if (!reply.ok) return out.problem(reply.problem);
    const exitCode = printResults(out, reply.value);
    await showList(session);
    return exitCode;
  },
});

function parseSize(number: string): Outcome<Size> {
  if (/^\d+$/.test(number)) return succeed({ to: Number(number) });
  if (/^[+-]\d+$/.test(number)) return succeed({ by: Number(number) });
  return fail(
    problem('usage/invalid', {
      message: `"${number}" is not a number of workers.`,
      hint: 'Write the new number, or +n or -n for more or less.',
    }),
  );
}
