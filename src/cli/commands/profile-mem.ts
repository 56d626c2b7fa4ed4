import { defineCommand } from '../command.ts';
import { profileDaemon } from '../profile-daemon.ts';

export default defineCommand({
  summary: 'Record what the daemon allocates, for the tools of Chrome',
  operands: '[ms]',
  operandsHelp: 'For so many milliseconds (10000), into a file of the current folder.',
  example: ['pm profile:mem 5000', 'writes <date>.heapprofile'],
  run: (input, session) => profileDaemon('heap', input, session),
});
