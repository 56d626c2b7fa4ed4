import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Empty the saved list',
  example: ['pm cleardump', '"pm resurrect" starts nothing afterwards; what runs goes on'],
  run: async (_input, { ask, out }) => {
    const reply = await ask('dump.clear', {});
    if (!reply.ok) return out.problem(reply.problem);
    out.note(`Successfully created ${reply.value.path}`);
    return 0;
  },
});
