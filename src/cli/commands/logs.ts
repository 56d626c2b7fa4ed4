import { defineCommand } from '../command.ts';
import { readLogOptions } from '../logs/log-options.ts';
import { showLogs } from '../logs/show-logs.ts';
import { TARGETS_HELP } from '../shared-options.ts';

export default defineCommand({
  summary: 'Show log lines: the last ones, then each new one',
  operands: '[target...]',
  operandsHelp: `Without a target: all apps, and the daemon's own log. ${TARGETS_HELP}`,
  options: [
    { flags: '--lines <n>', help: 'lines of history of each file (15)' },
    { flags: '--nostream', help: 'the history only' },
    { flags: '--err', help: 'stderr only' },
    { flags: '--out', help: 'stdout only' },
    { flags: '--raw', help: 'the lines alone, byte for byte' },
    { flags: '--json', help: 'a JSON object for each new line (with --lines or --nostream: of the history too)' },
    { flags: '--format', help: 'as key=value, for each new line' },
    { flags: '--timestamp [format]', help: 'put the time of arrival before new lines (YYYY-MM-DD-HH:mm:ss)' },
    { flags: '--since <time>', help: 'lines since then (10m, 2h, 1d, 14:30, 2026-08-01), by the time that they bear' },
    { flags: '--until <time>', help: 'lines until then, and no new ones' },
    { flags: '--grep <pattern>', help: 'lines that match this regular expression; --lines counts these' },
    { flags: '--highlight <text>', help: 'make this text stand out' },
  ],
  example: ['pm logs api --lines 100', 'shows the last 100 lines of each of its files and goes on'],
  run: async (input, session) => {
    const options = readLogOptions(input, Date.now());
    return options.ok ? showLogs(options.value, session) : session.out.problem(options.problem);
  },
});
