import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Empty log files',
  operands: '[target...]',
  operandsHelp: "Without a target: the log files of all apps, and the daemon's own.",
  example: ['pm flush api', 'empties the log files of its workers'],
  run: async ({ operands }, { ask, out }) => {
    const reply = await ask('logs.flush', { targets: operands });
    if (!reply.ok && reply.problem.code !== 'target/not-found') return out.problem(reply.problem);
    if (!reply.ok) out.aside(`${reply.problem.message}: it has no logs`); // a success for PM2: scripts flush before a first start
    for (const file of reply.ok ? reply.value.files : []) out.note(`Flushing ${file}`);
    out.note('Logs flushed');
    return 0;
  },
});
