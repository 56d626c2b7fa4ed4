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
    { flags: '--highlight <text>', help: 'make this text stand out' },
  ],
  example: ['pm logs api --lines 100', 'shows the last 100 lines of each of its files and goes on'],
  run: async (input, session) => {
    const options = readLogOptions(input);
    return options.ok ? showLogs(options.value, session) : session.out.problem(options.problem);
  },
});
