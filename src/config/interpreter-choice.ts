import { closeSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import type { Outcome } from '../shared/outcome.ts';
import { fail, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { findInPath, isExecutable } from './path-search.ts';
import { tsxLoader, typeScriptArgs } from './typescript-run.ts';

/** What runs a script. */
export interface Interpreter {
  /** `node`, `none`, or a program. */
  readonly name: string;
  readonly args: readonly string[];
  /** Variables that it wants, unless the user set them. */
  readonly env: Readonly<Record<string, string>>;
}

/** What the choice takes from the machine. */
export interface Machine {
  /** PATH of the app. */
  readonly path: string | undefined;
  readonly cwd: string;
  /** Version of the Node that will run the app: the daemon's, which is ours. */
  readonly nodeVersion: string;
  /** Folder of nvm. */
  readonly nvmFolder: string;
}

/** Programs by extension; the first that is installed. */
const byExtension: Readonly<Record<string, readonly [string, ...string[]]>> = {
  '.js': ['node'],
  '.cjs': ['node'],
  '.mjs': ['node'],
  '.sh': ['bash', 'sh'],
  '.py': ['python3', 'python'],
  '.rb': ['ruby'],
  '.php': ['php'],
  '.pl': ['perl'],
  '.coffee': ['coffee'],
  '.ls': ['lsc'],
};

const typeScript = new Set(['.ts', '.mts', '.cts', '.tsx', '.jsx']);

const pythonEnv = { PYTHONUNBUFFERED: '1' };

/** The interpreter of a file by what it is: its extension, its first line, or its first bytes. */
export function chooseInterpreter(script: string, machine: Machine): Outcome<Interpreter> {
  const extension = extname(script).toLowerCase();
  if (typeScript.has(extension)) return forTypeScript(script, machine);
  const names = Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
  if (names) return checkInterpreter(names.find((name) => findInPath(name, machine.path)) ?? names[0], script, machine);
  const start = firstBytes(script);
  const shebang = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(start)?.slice(1) ?? [];
  const program = basename(shebang[0] ?? '') === 'env' ? shebang[1] : shebang[0];
  if (program && basename(program) === 'node') return succeed(plain('node'));
  if (isExecutable(script) && (program || start === '' || start.includes('\0'))) return succeed(itself);
  if (program) return checkInterpreter(basename(program), script, machine);
  return start.includes('\0') ? fail(notExecutable(script)) : succeed(plain('node'));
}

/** The interpreter that the user named. */
export function checkInterpreter(name: string, script: string, machine: Machine): Outcome<Interpreter> {
  if (name === 'node') return succeed(plain('node'));
  if (name === 'none') return isExecutable(script) ? succeed(itself) : fail(notExecutable(script));
  if (name.startsWith('node@')) return nodeOfNvm(name, machine);
  const tsx = name === 'tsx' ? tsxLoader(dirname(script)) : undefined;
  // tsx is Node with a loader: run as such, the app can have cluster mode.
  if (tsx) return succeed({ name: 'node', args: ['--import', tsx], env: {} });
  const path = name.includes('/') ? resolve(machine.cwd, name) : name;
  if (isOurNode(path)) return succeed(plain('node'));
  const isThere = isExecutable(path) || findInPath(name, machine.path) !== undefined;
  if (!isThere) return fail(problem('interpreter/not-found', { interpreter: name }));
  return succeed({ name: path, args: [], env: basename(name).startsWith('python') ? pythonEnv : {} });
}

/** Another version of Node, as nvm installs them. Such an app is in fork mode: workers of a cluster have the Node of their master. */
function nodeOfNvm(name: string, { nvmFolder }: Machine): Outcome<Interpreter> {
  const wanted = name.slice('node@'.length).replace(/^v/, '');
  const installed = versionsIn(nvmFolder);
  const [version] = installed.filter((one) => one === wanted || one.startsWith(`${wanted}.`));
  if (version === undefined)
    return fail(problem('interpreter/no-node-version', { version: wanted, folder: nvmFolder, installed }));
  const path = join(nodesOf(nvmFolder), `v${version}`, 'bin', 'node');
  return succeed(isOurNode(path) ? plain('node') : plain(path));
}

const nodesOf = (nvmFolder: string): string => join(nvmFolder, 'versions', 'node');

/** Newest first. */
function versionsIn(nvmFolder: string): string[] {
  try {
    const folders = readdirSync(nodesOf(nvmFolder)).filter((name) => /^v\d/.test(name));
    return folders.map((name) => name.slice(1)).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  } catch {
    return [];
  }
}

/** Whether a path is the Node that runs us, as in `interpreter: process.execPath`. */
function isOurNode(path: string): boolean {
  try {
    return isAbsolute(path) && realpathSync(path) === realpathSync(process.execPath);
  } catch {
    return false;
  }
}

function forTypeScript(script: string, machine: Machine): Outcome<Interpreter> {
  const args = typeScriptArgs(script, machine.nodeVersion, tsxLoader(dirname(script)));
  if (args) return succeed({ name: 'node', args, env: {} });
  return fail(problem('interpreter/no-typescript', { path: script, nodeVersion: machine.nodeVersion }));
}

const plain = (name: string): Interpreter => ({ name, args: [], env: {} });

/** The script runs itself. */
export const itself: Interpreter = plain('none');

const notExecutable = (path: string) =>
  problem('script/unreadable', {
    path,
    reason: 'it has no execute permission, which it needs without an interpreter (chmod +x)',
  });

/** Enough for a shebang line and for telling text from a program; '' when it cannot be read. */
function firstBytes(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(512);
      return bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
