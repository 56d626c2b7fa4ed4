import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Of PM2: removes its modules; none is ever installed here',
  operands: '[module]',
  example: ['pm uninstall pm2-logrotate', 'says that nothing is installed; "log_max_size: 0" turns rotation off'],
  run: async (_input, { out }) => {
    out.note('No modules are installed. "pm set pm2-logrotate:max_size 0" turns the rotation by size off.');
    return 0;
  },
});
