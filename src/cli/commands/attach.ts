import { createInterface } from 'node:readline';
import { defineCommand, type Session } from '../command.ts';
import { readLogOptions } from '../logs/log-options.ts';
import { showLogs } from '../logs/show-logs.ts';
import { workerId } from '../worker-id.ts';

export default defineCommand({
  summary: 'Type into a worker in fork mode, and see what it prints',
  operands: '<id>',
  example: ['pm attach 0', 'lines that are typed go to worker 0; Ctrl-C leaves it running'],
  run: async ({ operands: [typed = ''] }, session) => {
    const { ask, out } = session;
    const pmId = workerId(typed);
    if (!pmId.ok) return out.problem(pmId.problem);
    const writable = await ask('worker.type', { pmId: pmId.value, text: '' });
    if (!writable.ok) return out.problem(writable.problem);
    const options = readLogOptions(
      { operands: [typed], options: { lines: '0', raw: true }, appArgs: null },
      Date.now(),
    );
    if (!options.ok) return out.problem(options.problem);
    return showLogs(options.value, session, () => typeLines(pmId.value, session));
  },
});

/** The worker gets the lines in their order; when it is not there to take them, that is said. */
function typeLines(pmId: number, { ask, out }: Session): void {
  let typing: Promise<unknown> = Promise.resolve();
  createInterface({ input: process.stdin }).on('line', (line) => {
    typing = typing.then(async () => {
      const typed = await ask('worker.type', { pmId, text: `${line}\n` });
      if (!typed.ok) out.problem(typed.problem);
    });
  });
}
