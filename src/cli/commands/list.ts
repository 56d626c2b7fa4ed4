import { defineCommand, textOption } from '../command.ts';
import { sortWorkers } from '../output/list-sort.ts';
import { miniList } from '../output/mini-list.ts';
import { showList } from '../output/show-list.ts';

export default defineCommand({
  summary: 'Show all workers in a table',
  options: [
    {
      flags: '--sort <field>',
      help: 'name, namespace, pid, id, cpu, memory, uptime or status; ":desc" turns it round.',
    },
    { flags: '-m, --mini-list', help: 'Text instead of a table.' },
  ],
  example: ['pm list --sort memory:desc', 'the largest worker comes first'],
  run: async ({ options }, session) => {
    const order = textOption(options, 'sort');
    if (!options.miniList) return showList(session, order);
    const { ask, out } = session;
    const reply = await ask('app.list', { env: false });
    if (!reply.ok) return out.problem(reply.problem);
    const workers = sortWorkers(reply.value, order);
    if (!workers.ok) return out.problem(workers.problem);
    out.line(miniList(workers.value, Date.now()));
    return 0;
  },
});
