import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Check that the daemon answers',
  example: ['pm ping', 'starts the daemon if there is none'],
  run: async (_input, { ask, out }) => {
    const reply = await ask('daemon.ping', {});
    if (!reply.ok) return out.problem(reply.problem);
    out.line("{ msg: 'pong' }");
    return 0;
  },
});
