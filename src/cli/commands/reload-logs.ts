import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Close and reopen all log files, for logrotate(8)',
  example: ['pm reloadLogs', 'goes in the postrotate script'],
  run: async (_input, { ask, out }) => {
    out.note('Reloading all logs...');
    const reply = await ask('logs.reopen', {});
    if (!reply.ok) return out.problem(reply.problem);
    out.note('All logs reloaded');
    return 0;
  },
});
