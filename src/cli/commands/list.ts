import { setTimeout as delay } from 'node:timers/promises';
import { appOf } from '../../protocol/app.ts';
import { defineCommand, type Input, type Session, textOption } from '../command.ts';
import { appsInOrder, sortWorkers } from '../output/list-sort.ts';
import { miniList } from '../output/mini-list.ts';
import { showList } from '../output/show-list.ts';
import { SORT } from '../shared-options.ts';

/** PM2's period. */
const REFRESH_MS = 900;

export default defineCommand({
  summary: 'Show all workers in a table',
  options: [
    SORT,
    { flags: '-m, --mini-list', help: 'Text instead of a table.' },
    { flags: '--json', help: 'JSON for programs, alone on stdout: the apps, as in docs/json.md.' },
    { flags: '--watch', help: 'Again and again, until Ctrl-C; with --json a line each time.' },
  ],
  example: ['pm list --sort memory:desc', 'the largest worker comes first'],
  run: async (input, session) => {
    if (!input.options.watch) return show(input, session);
    const interrupted = session.interrupted();
    for (let exitCode = 0; ; ) {
      if (!input.options.json) session.out.clearScreen();
      exitCode = await show(input, session);
      const goesOn = await delay(REFRESH_MS, true, { signal: interrupted }).catch(() => false);
      if (!goesOn || exitCode !== 0) return exitCode;
    }
  },
});

async function show({ options }: Input, session: Session): Promise<number> {
  const order = textOption(options, 'sort');
  if (!options.miniList && !options.json) return showList(session, { order, host: true });
  const { ask, out } = session;
  const reply = await ask('app.list', { env: false, reports: options.json === true });
  if (!reply.ok) return out.problem(reply.problem);
  const workers = sortWorkers(reply.value, order);
  if (!workers.ok) return out.problem(workers.problem);
  if (options.json) out.data(`${JSON.stringify(appsInOrder(workers.value).map(appOf), null, options.watch ? 0 : 2)}\n`);
  else out.line(miniList(workers.value, Date.now()));
  return 0;
}
