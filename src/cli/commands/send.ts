import { defineCommand } from '../command.ts';
import { workerId } from '../worker-id.ts';

export default defineCommand({
  summary: 'Write a line to the stdin of a worker in fork mode',
  operands: '<id> <line...>',
  example: ["pm send 0 'reload the rules'", 'worker 0 reads that line'],
  run: async ({ operands: [typed = '', ...words] }, { ask, out }) => {
    const pmId = workerId(typed);
    if (!pmId.ok) return out.problem(pmId.problem);
    const sent = await ask('worker.type', { pmId: pmId.value, text: `${words.join(' ')}\n` });
    return sent.ok ? 0 : out.problem(sent.problem);
  },
});
