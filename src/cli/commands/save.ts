import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Save the list, for "pm resurrect"',
  options: [{ flags: '-f, --force', help: 'Save an empty list too.' }],
  example: ['pm save', 'the apps come back after a reboot when "pm resurrect" runs then'],
  run: async ({ options }, { ask, out }) => {
    const force = options.force === true;
    out.note('Saving current process list...');
    const apps = await ask('app.list', { env: false });
    if (!apps.ok) return out.problem(apps.problem);
    if (apps.value.length === 0 && !force) {
      out.warn('PM2 is not managing any process, skipping save...');
      out.warn('To force saving use: pm save --force');
      return 0;
    }
    const reply = await ask('dump.save', { force });
    if (!reply.ok) return out.problem(reply.problem);
    out.note(`Successfully saved in ${reply.value.path}`);
    return 0;
  },
});
