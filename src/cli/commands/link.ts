import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: "Of PM2: commands of its vendor's web service; pm has none",
  operands: '[words...]',
  operandsHelp: 'They are understood, so that scripts written for PM2 go on, and do nothing.',
  options: [{ flags: '--info-node <url>', help: 'Of PM2: without effect.' }],
  example: ['pm link', 'says that there is nothing to link to; "pm monit" shows everything'],
  run: async (_input, { out }) => {
    out.note('There is nothing to link to: pm has no web service, and sends nothing anywhere.');
    out.note('"pm monit" shows everything here; "pm jlist" is for your own monitoring.');
    return 0;
  },
});
