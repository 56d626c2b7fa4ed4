import { defineCommand } from '../command.ts';
import { printResults } from '../output/reports.ts';
import { showList } from '../output/show-list.ts';

export default defineCommand({
  summary: 'Start the apps that "pm save" saved and that are not in the list',
  example: ['pm resurrect', 'what a start script of the machine runs'],
  run: async (_input, session) => {
    const { ask, out, paths } = session;
    out.note('Resurrecting');
    const reply = await ask('dump.resurrect', {});
    if (!reply.ok) {
      out.problem(reply.problem);
      return reply.problem.code === 'dump/not-found' ? 0 : 1; // a machine may boot before anything was saved
    }
    out.note(`Restoring processes located in ${paths.dump}`);
    const exitCode = printResults(out, reply.value);
    await showList(session);
    return exitCode;
  },
});
