import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Callback, callBack } from './callback.ts';
import { Pm2Vendor } from './vendor-methods.ts';

/** What the name `pm` stands for, which services and messages remember: beside the folder of the running bundle. */
const PROGRAM = join(__dirname, 'pm.cjs');

type Text = string | number;

/** Of `serve`. `spa`: index.html stands in for pages that are not there. */
interface ServeOptions {
  readonly spa?: boolean;
}

/** How logs are printed: as they came; with the time; only `err` or `out`; with a text that stands out. */
type LogOptions = [raw?: boolean, timestamp?: boolean | string, exclusive?: string | false, highlight?: string | false];

/** What PM2's API has in common with the command line: the command is run in a process of its own. */
export abstract class Pm2Commands extends Pm2Vendor {
  readonly #running = new Set<ChildProcess>();
  readonly #env: NodeJS.ProcessEnv;

  /** `env`: names the home. */
  constructor(env: NodeJS.ProcessEnv) {
    super();
    this.#env = env;
  }

  set(key: string, value: Text | boolean, callback?: Callback): void {
    this.#do(['set', key, String(value)], callback);
  }

  multiset(pairs: string, callback?: Callback): void {
    this.#do(['multiset', pairs], callback);
  }

  unset(key: string, callback?: Callback): void {
    this.#do(['unset', key], callback);
  }

  /** Prints the setting; without a key all of them. */
  get(key: string, callback?: Callback): void;
  get(callback?: Callback): void;
  get(...args: unknown[]): void {
    this.#show(['get', ...textsIn(args)], callbackIn(args));
  }

  /** With a value, sets it; without one, prints it. */
  conf(key: string, value: Text | boolean, callback?: Callback): void;
  conf(key: string, callback?: Callback): void;
  conf(callback?: Callback): void;
  conf(...args: unknown[]): void {
    const words = textsIn(args);
    if (words.length > 1) this.#do(['set', ...words], callbackIn(args));
    else this.#show(['get', ...words], callbackIn(args));
  }

  /** Prints the environment of a worker. */
  env(pmId: Text, callback?: Callback): void {
    this.#show(['env', String(pmId)], callback);
  }

  report(callback?: Callback): void {
    this.#show(['report'], callback);
  }

  jlist(callback?: Callback): void {
    this.#show(['jlist'], callback);
  }

  slist(tree?: unknown, callback?: Callback): void {
    this.#show(['slist', ...(tree === true ? ['--tree'] : [])], callbackIn([tree, callback]));
  }

  /** Prints the lines of apps as they come, until `disconnect()`. `timestamp`: true, or a format. */
  streamLogs(target: Text = 'all', lines: Text = 0, ...how: LogOptions): void {
    this.#show(['logs', String(target), '--lines', String(lines), ...logFlags(how)], undefined);
  }

  /** Prints the last lines of apps. */
  printLogs(target: Text = 'all', lines: Text = 15, ...how: LogOptions): void {
    this.#show(['logs', String(target), '--nostream', '--lines', String(lines), ...logFlags(how)], undefined);
  }

  /** Ties this terminal to the stdin and the output of a worker. */
  attach(pmId: Text, separator: string, callback?: Callback): void;
  attach(pmId: Text, callback?: Callback): void;
  attach(...args: unknown[]): void {
    this.#show(['attach', String(args[0])], callbackIn(args));
  }

  startup(platform: string | null, callback: Callback): void;
  startup(platform?: string | null, options?: object | null, callback?: Callback): void;
  startup(...args: unknown[]): void {
    this.#do(['startup', ...textsIn(args)], callbackIn(args));
  }

  uninstallStartup(platform: string | null, callback: Callback): void;
  uninstallStartup(platform?: string | null, options?: object | null, callback?: Callback): void;
  uninstallStartup(...args: unknown[]): void {
    this.#do(['unstartup', ...textsIn(args)], callbackIn(args));
  }

  /** Prints what the machines say. `commands`: the words after `pm deploy [file]`. */
  deploy(file: string, commands: readonly string[] | string | undefined, callback?: Callback): void {
    const words = typeof commands === 'string' ? [commands] : (commands ?? []);
    this.#show(['deploy', file, ...words], callback);
  }

  inspect(target: Text, callback?: Callback): void {
    this.#show(['inspect', String(target)], callback);
  }

  /** The daemon is replaced by one of this version; apps run on. */
  update(callback?: Callback): void {
    this.#do(['update'], callback);
  }

  deepUpdate(callback?: Callback): void {
    this.update(callback);
  }

  /** Serves the files of a folder: an app called `static-page-server-<port>`. */
  serve(path: string, port: Text, options?: ServeOptions | null, ignored?: unknown, callback?: Callback): void;
  serve(path: string, port: Text, callback: Callback): void;
  serve(...args: unknown[]): void {
    const [path, port, options] = args;
    const spa = typeof options === 'object' && options !== null && 'spa' in options && options.spa === true;
    this.#do(['serve', String(path), String(port), ...(spa ? ['--spa'] : [])], callbackIn(args));
  }

  /** Records what the daemon does, for the tools of Chrome, into a file of the folder of the program. */
  profile(type: 'cpu' | 'mem', timeMs: number, callback?: Callback<{ file: string }>): void {
    const recorded = this.#run([`profile:${type}`, String(timeMs)], 'pipe');
    callBack(
      recorded.then(({ printed }) => ({ file: /\S+profile$/m.exec(printed)?.[0] ?? '' })),
      callback,
    );
  }

  pullAndReload(name: string, callback?: Callback): void {
    this.#do(['pull', name], callback);
  }

  pullAndRestart(name: string, callback?: Callback): void {
    this.#do(['pull', name], callback);
  }

  pullCommitId({ pm2_name, commit_id }: { pm2_name: string; commit_id: string }, callback?: Callback): void {
    this.#do(['pull', pm2_name, commit_id], callback);
  }

  forward(name: string, callback?: Callback): void {
    this.#do(['forward', name], callback);
  }

  backward(name: string, callback?: Callback): void {
    this.#do(['backward', name], callback);
  }

  /** A module, by what npm calls it. */
  install(name: string, options?: object | null, callback?: Callback): void;
  install(name: string, callback: Callback): void;
  install(...args: unknown[]): void {
    this.#do(['install', String(args[0])], callbackIn(args));
  }

  uninstall(name: string, callback?: Callback): void {
    this.#do(['uninstall', name], callback);
  }

  deleteModule(name: string, callback?: Callback): void {
    this.uninstall(name, callback);
  }

  /** Packs a module into a .tar.gz. */
  package(folder: string, callback?: Callback): void {
    this.#do(['package', folder], callback);
  }

  publish(folder: string, options?: object | null, callback?: Callback): void;
  publish(folder: string, callback: Callback): void;
  publish(...args: unknown[]): void {
    this.#do(['publish', String(args[0])], callbackIn(args));
  }

  clearDump(callback?: Callback): void {
    this.#do(['cleardump'], callback);
  }

  /** Ends the commands that have no end of their own. */
  protected endCommands(): void {
    for (const child of this.#running) child.kill();
  }

  #do(words: readonly string[], callback: Callback | undefined): void {
    callBack(this.#run(words, 'pipe').then(succeeded), callback);
  }

  #show(words: readonly string[], callback: Callback | undefined): void {
    callBack(this.#run(words, 'inherit').then(succeeded), callback);
  }

  async #run(words: readonly string[], output: 'pipe' | 'inherit'): Promise<{ printed: string }> {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      env: this.#env,
      stdio: [output === 'inherit' ? 'inherit' : 'ignore', output, 'pipe'],
    });
    this.#running.add(child);
    const [printed, complaint, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), endOf(child)]);
    this.#running.delete(child);
    if (code !== 0 && code !== null) {
      throw new Error(withoutMarks(complaint) || `pm ${words[0]} exited with code ${code}.`);
    }
    return { printed };
  }
}

function logFlags([raw = false, timestamp = false, exclusive = false, highlight = false]: LogOptions): string[] {
  const stream = exclusive === 'err' || exclusive === 'out' ? [`--${exclusive}`] : [];
  const time = typeof timestamp === 'string' ? ['--timestamp', timestamp] : timestamp ? ['--timestamp'] : [];
  return [...(raw ? ['--raw'] : []), ...stream, ...time, ...(highlight === false ? [] : ['--highlight', highlight])];
}

const succeeded = () => ({ success: true as const });

const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });

async function textOf(stream: Readable | null): Promise<string> {
  let text = '';
  for await (const chunk of stream?.setEncoding('utf8') ?? []) text += String(chunk);
  return text;
}

const withoutMarks = (said: string): string => said.replace(/^\[PM2?\](?:\[\w+\])? /gm, '').trim();

const textsIn = (args: readonly unknown[]): string[] =>
  args.filter((arg) => ['string', 'number', 'boolean'].includes(typeof arg)).map(String);

const callbackIn = (args: readonly unknown[]): Callback | undefined =>
  args.find((arg): arg is Callback => typeof arg === 'function');
