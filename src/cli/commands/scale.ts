import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { matchTarget } from '../../shared/target.ts';
import { defineCommand } from '../command.ts';
import { notFound } from '../named-workers.ts';
import type { Output } from '../output/output.ts';
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
    const listed = await ask('app.list', { env: false });
    if (!listed.ok) return out.problem(listed.problem);
    const matches = matchTarget(listed.value, target);
    if (matches.length === 0)
      return out.problem({ ...notFound(target, listed.value), message: `Application ${target} not found` });
    for (const { app } of matches) announceMore(app.workers.length, size.value, out);
    const reply = await ask('app.scale', { target, ...size.value });
    if (!reply.ok) return out.problem(reply.problem);
    const exitCode = printResults(out, reply.value);
    if (reply.value.reports.length > 0) await showList(session);
    return exitCode;
  },
});

/** In PM2's words, once for each new worker. */
function announceMore(workers: number, size: Size, out: Output): void {
  const more = 'by' in size ? size.by : size.to - workers;
  for (let count = 0; count < more; count += 1) out.note('Scaling up application');
}

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
