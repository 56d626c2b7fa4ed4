import { defineCommand } from '../command.ts';
import { profileDaemon } from '../profile-daemon.ts';

export default defineCommand({
  summary: 'Record what the daemon computes, for the tools of Chrome',
  operands: '[ms]',
  operandsHelp: 'For so many milliseconds (10000), into a file of the current folder.',
  example: ['pm profile:cpu 5000', 'writes <date>.cpuprofile'],
  run: (input, session) => profileDaemon('cpu', input, session),
});
