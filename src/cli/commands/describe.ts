import { appOf } from '../../protocol/app.ts';
import { matchTarget } from '../../shared/target.ts';
import { defineCommand } from '../command.ts';
import { notFound } from '../named-workers.ts';
import { describeWorker } from '../output/describe-rows.ts';
import type { ListedWorker } from '../output/list-rows.ts';
import type { Output } from '../output/output.ts';
import { drawTable } from '../output/table.ts';

export default defineCommand({
  summary: 'Show all about the workers of an app',
  operands: '<target>',
  options: [{ flags: '--json', help: 'JSON for programs, alone on stdout: a list of apps, as in docs/json.md.' }],
  example: ['pm describe api', 'state, paths, settings, and why it ended last'],
  run: async ({ operands: [target = ''], options }, { ask, out }) => {
    const reply = await ask('app.list', { env: true, reports: true });
    if (!reply.ok) return out.problem(reply.problem);
    const apps = matchTarget(reply.value, target).map(({ app, pmIds }) => ({
      ...app,
      workers: app.workers.filter(({ pmId }) => pmIds.includes(pmId)),
    }));
    if (apps.length === 0) {
      out.aside(`${target} doesn't exist`); // PM2's words, which scripts look for
      return out.problem(notFound(target, reply.value));
    }
    if (options.json) out.data(`${JSON.stringify(apps.map(appOf), null, 2)}\n`);
    else for (const app of apps) for (const worker of app.workers) printWorker(out, { app, worker });
    return 0;
  },
});

function printWorker(out: Output, row: ListedWorker): void {
  const { bold, cyan } = out.paint;
  const facts = describeWorker(row, Date.now());
  out.line(` Describing process with id ${row.worker.pmId} - name ${row.app.spec.name}`);
  out.line(
    drawTable(
      facts.map(([title, value]) => [{ text: title, paint: (text: string) => bold(cyan(text)) }, { text: value }]),
      { header: false },
    ),
  );
  const stderr = row.worker.lastExit?.stderr ?? [];
  if (stderr.length > 0) out.line(` Last lines of its stderr before it ended`);
  for (const line of stderr) out.line(`    ${line}`);
}
