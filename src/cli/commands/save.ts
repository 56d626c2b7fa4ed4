import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Save the list, for "pm resurrect"',
  options: [{ flags: '-f, --force', help: 'Save an empty list too.' }],
  example: ['pm save', 'the apps come back after a reboot when "pm resurrect" runs then'],
  run: async ({ options }, { ask, out }) => {
    out.note('Saving current process list...');
    const reply = await ask('dump.save', { force: options.force === true });
    if (!reply.ok && reply.problem.code === 'dump/empty') {
      out.warn('PM2 is not managing any process, skipping save...');
      out.warn('To force saving use: pm save --force');
      return 0;
    }
    if (!reply.ok) return out.problem(reply.problem);
    out.note(`Successfully saved in ${reply.value.path}`);
    return 0;
  },
});
