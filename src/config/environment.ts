import type { Kind } from './kinds.ts';

type Variables = Readonly<Record<string, string>>;

/** Which variables of the shell an app does not get: all that it does not need to run, or names, beginnings of names, and patterns with `*`. */
export type EnvFilter = true | readonly string[];

export const filterEnv: Kind<EnvFilter> = {
  expects: 'true, false, or a list of names of variables',
  parse(value) {
    if (value === true || value === 'true') return { value: true };
    if (value === false || value === 'false') return { value: [] };
    const items: readonly unknown[] = Array.isArray(value)
      ? value
      : typeof value === 'string'
        ? value.split(/[\s,]+/)
        : [0];
    const names = items.filter((item): item is string => typeof item === 'string' && item.length <= 256);
    return names.length === items.length ? { value: names.filter((name) => name !== '') } : { rule: filterEnv.expects };
  },
};

/** What a process needs to find programs, its user's files, and its language. */
const essentialVariables = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'PWD',
]);

/** Set by the process manager or by Node for one worker: wrong in any other process. */
const workerVariables = new Set([
  'pm_id',
  'NODE_APP_INSTANCE',
  'NODE_UNIQUE_ID',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
]);

/** Names that a user may have for something else: dropped only in a shell that runs inside a worker. */
const ambiguousVariables = new Set([
  'name',
  'namespace',
  'instances',
  'exec_mode',
  'status',
  'instance_var',
  'restart_time',
  'unique_id',
  'PM2_HOME',
]);

/** The shell's environment as a new app may have it. */
export function shellPart(shell: Variables, filter: EnvFilter): Variables {
  if (filter === true)
    return Object.fromEntries(Object.entries(shell).filter(([name]) => essentialVariables.has(name)));
  const insideWorker = Object.hasOwn(shell, 'pm_id');
  const patterns = filter.map(patternOf);
  return Object.fromEntries(
    Object.entries(shell).filter(
      ([name]) =>
        !workerVariables.has(name) &&
        !(insideWorker && (ambiguousVariables.has(name) || name.startsWith('pm_'))) &&
        !patterns.some((matches) => matches(name)),
    ),
  );
}

/** Pieces between the stars must follow each other; without a star the name must begin with it. Linear, no regex. */
function patternOf(pattern: string): (name: string) => boolean {
  const pieces = (pattern.includes('*') ? pattern : `${pattern}*`).split('*');
  const last = pieces.pop() ?? '';
  return (name) => {
    let at = 0;
    for (const [i, piece] of pieces.entries()) {
      const found = i === 0 ? (name.startsWith(piece) ? 0 : -1) : name.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}
