import type { AppKey } from '../app-key.ts';
import { flag, oneOf, pathOrFlag, text } from '../kinds.ts';

/** Where output goes, and how it is written. */
export const logKeys = [
  {
    name: 'out_file',
    aliases: ['out', 'output', 'out_log'],
    kind: text,
    defaultText: 'PM_HOME/logs/<name>-out.log; with `instances`, <name>-out-<id>.log',
    help: 'File of stdout. "/dev/null": none.',
    flags: ['-o, --output <path>'],
  },
  {
    name: 'error_file',
    aliases: ['error', 'err', 'err_file', 'err_log'],
    kind: text,
    defaultText: 'PM_HOME/logs/<name>-error.log; with `instances`, <name>-error-<id>.log',
    help: 'File of stderr. "/dev/null": none.',
    flags: ['-e, --error <path>'],
  },
  {
    name: 'log_file',
    aliases: ['log'],
    kind: pathOrFlag,
    defaultText: 'none',
    help: 'File of both streams together; true: PM_HOME/logs/<name>.log.',
    flags: ['-l, --log [path]'],
  },
  {
    name: 'merge_logs',
    aliases: ['combine_logs'],
    kind: flag,
    default: false,
    help: 'One file for all workers instead of one each.',
    flags: ['--merge-logs'],
  },
  {
    name: 'log_date_format',
    kind: text,
    defaultText: 'none',
    help: 'Puts the time before each line, in tokens such as "YYYY-MM-DD HH:mm:ss Z".',
    flags: ['--log-date-format <format>'],
  },
  {
    name: 'time',
    kind: flag,
    default: false,
    help: 'Short for `log_date_format: YYYY-MM-DDTHH:mm:ss`.',
    flags: ['--time'],
  },
  {
    name: 'log_type',
    kind: oneOf({ raw: 'raw', json: 'json' }),
    default: 'raw',
    help: '"json": each line becomes an object with message, time, type and app.',
    flags: ['--log-type <type>'],
  },
  { name: 'disable_logs', kind: flag, default: false, help: 'Writes no log files.', flags: ['--disable-logs'] },
  {
    name: 'pid_file',
    aliases: ['pid'],
    kind: text,
    defaultText: 'PM_HOME/pids/<name>-<id>.pid',
    help: 'File of the process id; the id of the worker is put before its extension.',
    flags: ['-p, --pid <path>'],
  },
] as const satisfies readonly AppKey[];
