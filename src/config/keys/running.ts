import type { AppKey } from '../app-key.ts';
import { instances } from '../instance-count.ts';
import { commandLines, flag, oneOf, text, textWhere, words } from '../kinds.ts';

/** Longest name: log files add to it, and a file name has 255 bytes at most. */
export const MAX_NAME_BYTES = 200;

const isControl = (char: string): boolean => char < ' ' || char === '\x7f';

const nameKind = textWhere(
  `a name of ${MAX_NAME_BYTES} bytes at most without control characters, and not 'all'`,
  (name) => Buffer.byteLength(name) <= MAX_NAME_BYTES && ![...name].some(isControl) && name !== 'all',
);

const namespaceKind = textWhere(
  `a name without '/' and control characters, and not 'all'`,
  (name) =>
    Buffer.byteLength(name) <= MAX_NAME_BYTES &&
    ![...name].some((char) => char === '/' || isControl(char)) &&
    name !== 'all',
);

/** A pool names a master and its socket; 'fork' and plain numbers are names that masters have already. */
const poolKind = textWhere(
  `up to 32 letters, digits, '-' and '_', with a letter first, and not 'fork'`,
  (name) => /^[A-Za-z][\w-]{0,31}$/.test(name) && name !== 'fork',
);

/** What runs, where, and how many times. */
export const runningKeys = [
  {
    name: 'script',
    aliases: ['exec', 'cmd', 'command'],
    kind: text,
    defaultText: 'required',
    step: 'reload',
    help: 'What to run: a file, a program found in PATH, or (with a space in it) a command line for bash.',
  },
  {
    name: 'name',
    kind: nameKind,
    defaultText: 'the file name of the script without its extension',
    step: 'new app',
    help: 'Name of the app, in commands and lists. Together with the namespace it is the identity of the app.',
    flags: ['-n, --name <name>'],
  },
  {
    name: 'namespace',
    kind: namespaceKind,
    default: 'default',
    step: 'new app',
    help: 'Group of the app; commands take it as a target.',
    flags: ['--namespace <name>'],
  },
  { name: 'name_prefix', kind: text, step: 'new app', help: 'Put before the name, with a colon between.' },
  {
    name: 'append_env_to_name',
    kind: flag,
    default: false,
    step: 'new app',
    help: 'Appends "-<env>" to the name when `--env` is given.',
  },
  {
    name: 'cwd',
    kind: text,
    defaultText: 'the folder of the file; on the command line the current one',
    step: 'reload',
    help: 'Working folder of the app, and where relative paths of script and log files start.',
    flags: ['--cwd <path>'],
  },
  {
    name: 'args',
    kind: words,
    default: [],
    step: 'reload',
    help: 'Arguments of the script: a list, or one text that is split as a shell does.',
  },
  {
    name: 'interpreter',
    aliases: ['exec_interpreter'],
    kind: text,
    defaultText: 'by the extension of the script',
    step: 'reload',
    help: 'Program that runs the script: a name in PATH, a path, "node@20" for a version that nvm has installed (fork mode), or "none" to run the script itself.',
    flags: ['--interpreter <name>'],
  },
  {
    name: 'interpreter_args',
    aliases: ['node_args'],
    kind: words,
    default: [],
    step: 'reload',
    help: 'Arguments of the interpreter, before the script.',
    flags: ['--interpreter-args <args>', '--node-args <args>'],
  },
  {
    name: 'exec_mode',
    kind: oneOf({ cluster: 'cluster', cluster_mode: 'cluster', fork: 'fork', fork_mode: 'fork' }),
    defaultText: '"cluster" for a Node program with `instances`, else "fork"',
    step: 'restart',
    help: '"cluster": workers share their ports, and a reload loses no request. "fork": plain processes.',
  },
  {
    name: 'instances',
    kind: instances,
    defaultText: '1',
    step: 'scale',
    help: 'Number of workers. "max" or 0: one for each CPU the process may use; -1: one less than that.',
    flags: ['-i, --instances <number>'],
  },
  {
    name: 'execute_command',
    kind: flag,
    default: false,
    step: 'restart',
    help: 'Fork mode, whatever else is said.',
    flags: ['-x, --execute-command'],
  },
  {
    name: 'pool',
    kind: poolKind,
    defaultText: 'none',
    step: 'restart',
    help: 'Apps with the same pool name share one master process.',
  },
  {
    name: 'post_update',
    kind: commandLines,
    default: [],
    step: 'none',
    help: 'What `pm pull` has a shell do in the folder of the app, before it is reloaded: a command, or a list of them.',
  },
  {
    name: 'source_map_support',
    kind: flag,
    default: false,
    step: 'reload',
    help: 'Starts Node with `--enable-source-maps`.',
    flags: ['--source-map-support'],
  },
  {
    name: 'uid',
    aliases: ['user'],
    kind: text,
    defaultText: 'the user of the daemon',
    step: 'reload',
    help: 'User that the app runs as, by name or number, with HOME, USER and LOGNAME of it. Needs root. Log files stay those of the daemon.',
    flags: ['--uid <user>'],
  },
  {
    name: 'gid',
    kind: text,
    defaultText: 'the group of that user',
    step: 'reload',
    help: 'Group that the app runs as, by name or number. Needs root.',
    flags: ['--gid <group>'],
  },
  { name: 'username', kind: text, defaultText: 'the login name', step: 'live', help: 'User name shown in lists.' },
] as const satisfies readonly AppKey[];
