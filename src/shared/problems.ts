/** A failure we foresaw: a stable code, what happened (with the value found), and what to do about it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  /** Evidence printed below the message as it is, such as the last lines of an app's stderr. */
  readonly evidence?: readonly string[];
}

type Wording = { readonly message: string; readonly hint?: string; readonly evidence?: readonly string[] };

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/**
 * Every problem in one table, so that wording, code and hint stay together. Codes are stable; words may change.
 * Messages follow PM2's wording where scripts are known to look for it.
 */
export const problems = {
  'home/not-writable': (at: { home: string; reason: string }) => ({
    message: `${at.home} cannot be used: ${at.reason}.`,
    hint: at.reason.includes('ENOSPC')
      ? 'Make room on its disk.'
      : 'Make it writable for this user, or set PM_HOME to a folder that is.',
  }),
  'home/path-too-long': (at: { path: string; bytes: number; maxBytes: number }) => ({
    message: `The socket path ${at.path} is ${at.bytes} bytes long; a Unix socket path may have ${at.maxBytes} at most.`,
    hint: 'Set PM_HOME to a shorter path.',
  }),
  'home/in-use': (at: { home: string }) => ({
    message: `Something else runs apps in ${at.home}.`,
    hint: 'End it with "pm kill", or set PM_HOME to another folder.',
  }),
  'daemon/unreachable': (at: { socket: string; reason: string; log?: readonly string[] }) => ({
    message: `The daemon does not answer on ${at.socket}: ${at.reason}.`,
    hint: 'Its log is daemon.log in PM_HOME, or pm2.log in PM2_HOME.',
    ...(at.log ? { evidence: at.log } : {}),
  }),
  'daemon/lost': (at: { socket: string }) => ({
    message: `The daemon closed the connection on ${at.socket} before it answered.`,
    hint: 'Run the command again: a master starts a new daemon within two seconds.',
  }),
  'dump/empty': () => ({
    message: 'Process list empty, cannot save empty list',
    hint: 'What was saved before is as it was. With "force" the empty list is saved.',
  }),
  'app/name-taken': (at: { name: string }) => ({ message: `There is an app called "${at.name}" already.` }),
  'daemon/busy': () => ({
    message: 'The daemon is in the middle of something, such as a start or a reload.',
    hint: 'Run the command again when that is done.',
  }),
  'daemon/not-replaced': (at: { pid: number; afterMs: number }) => ({
    message: `The daemon, pid ${at.pid}, has not ended ${at.afterMs} ms after it was asked to.`,
    hint: `Apps run on when it is killed, and another is started: kill -9 ${at.pid}`,
  }),
  'protocol/bad-message': (at: { reason: string }) => ({ message: `The message was refused: ${at.reason}.` }),
  'protocol/unknown-method': (at: { method: string }) => ({
    message: `There is no request called "${at.method}".`,
    hint: 'The command line and the daemon may be of different versions.',
  }),
  'target/not-found': (at: { wanted: string; known: readonly string[] }) => ({
    message: `Process or Namespace ${at.wanted} not found`,
    hint: at.known.length > 0 ? `There is: ${list(at.known)}.` : 'Nothing is managed yet.',
  }),
  'target/none': () => ({ message: 'No process found' }),
  'app/already-running': (at: { name: string; script: string }) => ({
    message: `Script already launched, add -f option to force re-execution`,
    hint: `"${at.name}" runs ${at.script}.`,
  }),
  'app/busy': (at: { name: string; doing: string }) => ({
    message: `"${at.name}" is in the middle of a ${at.doing}.`,
    hint: 'Wait until it is done, or stop the app.',
  }),
  'app/start-failed': (at: { name: string; cause: string; stderr: readonly string[]; hint?: string }) => ({
    message: `"${at.name}" did not start: ${at.cause}`,
    evidence: at.stderr,
    ...(at.hint ? { hint: at.hint } : {}),
  }),
  'app/reload-aborted': (at: {
    name: string;
    cause: string;
    stderr: readonly string[];
    standing: string;
    hint?: string;
  }) => ({
    message: `Reload of "${at.name}" aborted: ${at.cause} ${at.standing}`,
    evidence: at.stderr,
    ...(at.hint ? { hint: at.hint } : {}),
  }),
  'app/nothing-to-scale': (at: { name: string; instances: number }) => ({
    message: 'Nothing to do',
    hint: `"${at.name}" has ${at.instances} instances.`,
  }),
  'script/not-found': (at: { path: string }) => ({
    message: `Script not found: ${at.path}`,
    hint: 'Check the path: it starts at the folder of the command or of the ecosystem file.',
  }),
  'env-file/unreadable': (at: { path: string; reason: string }) => ({
    message: `env_file ${at.path} cannot be read: ${at.reason}.`,
  }),
  'script/unreadable': (at: { path: string; reason: string }) => ({
    message: `The script ${at.path} cannot be read: ${at.reason}.`,
  }),
  'script/directory': (at: { path: string; file?: string }) => ({
    message: `${at.path} is a directory, not a script.`,
    hint: at.file ? `Name the file to run: ${at.file}` : 'Name the file to run.',
  }),
  'interpreter/not-found': (at: { interpreter: string }) => ({
    message: `Interpreter ${at.interpreter} is NOT AVAILABLE in PATH. (type 'which ${at.interpreter}' to double check.)`,
  }),
  'interpreter/no-node-version': (at: { version: string; folder: string; installed: readonly string[] }) => ({
    message: `Node ${at.version} is not installed in ${at.folder}/versions/node.`,
    hint:
      at.installed.length > 0
        ? `There is: ${at.installed.join(', ')}. "nvm install ${at.version}" brings it.`
        : `"nvm install ${at.version}" brings it; NVM_DIR says where nvm is.`,
  }),
  'interpreter/no-typescript': (at: { path: string; nodeVersion: string }) => ({
    message: `Node ${at.nodeVersion} cannot run ${at.path}, and tsx is not installed for it.`,
    hint: 'Run "npm install --save-dev tsx" in its folder, or name an interpreter.',
  }),
  'config/not-found': (at: { path: string }) => ({ message: `File ${at.path} not found` }),
  'config/malformed': (at: { path: string; reason: string }) => ({
    message: `File ${at.path} malformated: ${at.reason}`,
  }),
  'config/invalid': (at: { path: string; findings: readonly string[] }) => ({
    message: `${at.path} has ${at.findings.length === 1 ? 'a mistake' : `${at.findings.length} mistakes`}; nothing was started.`,
    evidence: at.findings,
  }),
  'deploy/unknown': (at: { name: string; path: string; near: string; known: readonly string[] }) => ({
    message: `${at.name} environment is not defined in ${at.path}${at.near ? `.${at.near}` : ''}`,
    hint: at.known.length > 0 ? `Its "deploy" block has: ${list(at.known)}.` : 'It has no "deploy" block.',
  }),
  'deploy/not-pushed': (at: { what: string }) => ({
    message: `${at.what} would not be deployed.`,
    hint: 'Commit and push first, or deploy what is there with --force.',
  }),
  'deploy/failed': (at: { host: string; reason: string }) => ({
    message: `Deploy failed on ${at.host}: ${at.reason}.`,
  }),
  'usage/invalid': (at: { message: string; hint?: string }) => at,
  'dump/not-found': (at: { path: string }) => ({
    message: `There is no saved list at ${at.path}.`,
    hint: '"pm save" writes one.',
  }),
  'dump/malformed': (at: { path: string; reason: string }) => ({
    message: `The saved list ${at.path} cannot be read: ${at.reason}.`,
  }),
  'settings/malformed': (at: { path: string; reason: string }) => ({
    message: `The settings in ${at.path} cannot be read: ${at.reason}.`,
    hint: 'Correct the file, or empty it with "pm unset all".',
  }),
  'settings/bad-key': (at: { key: string }) => ({
    message: `"${at.key}" cannot be a key of a setting.`,
    hint: 'Write <app>:<key>, with names that are not empty and none of "__proto__", "constructor" and "prototype".',
  }),
  'settings/not-found': (at: { key: string; near: string }) => ({
    message: `There is no setting ${at.key}.${at.near}`,
  }),
  'logs/not-emptied': (at: { path: string; reason: string }) => ({
    message: `The log file ${at.path} could not be emptied: ${at.reason}.`,
  }),
  'logs/not-rotated': (at: { path: string; reason: string }) => ({
    message: `The log file ${at.path} could not be put away: ${at.reason}.`,
  }),
  'master/lost': (at: { name: string; reason: string }) => ({
    message: `The master of "${at.name}" is gone: ${at.reason}.`,
    hint: 'The daemon starts another; see its log: daemon.log in PM_HOME, or pm2.log in PM2_HOME.',
  }),
  'worker/not-found': (at: { pmId: number }) => ({
    message: `No worker has the id ${at.pmId}`,
    hint: '"pm list" shows the ids.',
  }),
  'worker/not-running': (at: { name: string; pmId: number }) => ({
    message: `"${at.name}" (${at.pmId}) is not running`,
    hint: `Start it: pm start ${at.pmId}`,
  }),
  'worker/no-stdin': (at: { name: string; pmId: number }) => ({
    message: `"${at.name}" (${at.pmId}) has no stdin that can be written to`,
    hint: 'Workers of cluster mode have none; start the app without "instances".',
  }),
  'worker/no-channel': (at: { name: string; pmId: number }) => ({
    message: `"${at.name}" (${at.pmId}) cannot be sent messages: it has no open IPC channel`,
    hint: 'Only programs that speak the protocol of Node over IPC have one.',
  }),
  'worker/no-inspector': (at: { name: string; pmId: number; reason: string }) => ({
    message: `The inspector of "${at.name}" (${at.pmId}) could not be opened: ${at.reason}`,
  }),
  'signal/unknown': (at: { signal: string }) => ({
    message: `There is no signal called "${at.signal}".`,
    hint: 'Signals are written as SIGUSR2, USR2 or 12.',
  }),
  'action/unknown': (at: { name: string; action: string; known: readonly string[] }) => ({
    message: `"${at.name}" has no action called "${at.action}".`,
    hint: at.known.length > 0 ? `It has: ${list(at.known)}.` : 'It has registered none.',
  }),
  'action/timeout': (at: { name: string; pmId: number; action: string; timeoutMs: number }) => ({
    message: `"${at.name}" (${at.pmId}) did not answer to "${at.action}" within ${at.timeoutMs} ms.`,
    hint: 'Give it more time with --timeout <ms>.',
  }),
  'events/too-slow': (at: { events: number }) => ({
    message: `More than ${at.events} events waited to be read.`,
    hint: 'Do slow work outside of the loop that reads events.',
  }),
  'request/timeout': (at: { timeoutMs: number }) => ({ message: `There was no answer within ${at.timeoutMs} ms.` }),
  'request/aborted': () => ({ message: 'Aborted.' }),
  'terminal/missing': () => ({
    message: 'The dashboard needs a terminal for its input and output.',
    hint: 'In scripts, use "pm list" or "pm jlist".',
  }),
  'internal/error': (at: { reason: string }) => ({
    message: `Something in pm itself failed: ${at.reason}`,
    hint: 'Please report this together with the log of the daemon.',
  }),
} satisfies Record<`${string}/${string}`, (at: never) => Wording>;

export type ProblemCode = keyof typeof problems;

/** Makes a problem of the table: `problem('script/not-found', { path })`. */
export function problem<C extends ProblemCode>(code: C, ...at: Parameters<(typeof problems)[C]>): Problem {
  const word = problems[code] as (...at: Parameters<(typeof problems)[C]>) => Wording; // the row that belongs to C
  return { code, ...word(...at) };
}
