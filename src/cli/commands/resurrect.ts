import { appsOfPm2Records } from '../../config/pm2-dump.ts';
import { defineCommand, type Session } from '../command.ts';
import { printResults, type Results } from '../output/reports.ts';
import { showList } from '../output/show-list.ts';
import { NO_DAEMON } from '../shared-options.ts';

export default defineCommand({
  summary: 'Start the apps that "pm save" saved and that are not in the list',
  options: [NO_DAEMON],
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
    const { foreign, ...known } = reply.value;
    const restored = foreign.length > 0 ? await restore(foreign, session) : NOTHING;
    const exitCode = printResults(out, {
      reports: [...known.reports, ...restored.reports],
      problems: [...known.problems, ...restored.problems],
    });
    await showList(session);
    return exitCode;
  },
});

const NOTHING: Results = { reports: [], problems: [] };

/** Starts what PM2 had saved. */
async function restore(
  records: readonly Readonly<Record<string, unknown>>[],
  { ask, paths }: Session,
): Promise<Results> {
  const { apps, problems } = await appsOfPm2Records(records, paths.dump);
  const reply = await ask('app.restore', { apps });
  return reply.ok
    ? { reports: reply.value.reports, problems: [...problems, ...reply.value.problems] }
    : { reports: [], problems: [...problems, reply.problem] };
}
