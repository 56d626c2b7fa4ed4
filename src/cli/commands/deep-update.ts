import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Of PM2: installs its newest version; here you do',
  example: ['pm deepUpdate', 'says what to type'],
  run: async (_input, { out }) => {
    out.note('pm does not install itself. Install the version that you want, then replace the daemon:');
    out.line('  npm install -g pm@latest && pm update');
    return 0;
  },
});
