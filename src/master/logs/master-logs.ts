import { truncate } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import type { Paths } from '../../shared/paths.ts';
import { problem } from '../../shared/problems.ts';
import { noticeLine } from './line-format.ts';
import { LogFile } from './log-file.ts';
import type { LogIdentity } from './log-identity.ts';
import { LogShelves } from './log-shelves.ts';
import { LossCounter } from './loss-counter.ts';
import { OutputRelay } from './output-relay.ts';
import { type CapturedOutput, WorkerOutput } from './worker-output.ts';

export type { LogIdentity } from './log-identity.ts';
export type { CapturedOutput } from './worker-output.ts';

/** How often a file that nobody writes to any more, and that failed, is asked whether it has written what waited. */
const SETTLE_MS = 500;

/** All the log files of one master, one open file per path, and the outputs that go into them. */
export class MasterLogs {
  readonly #privateDir: string;
  readonly #outputSocket: string;
  readonly #files = new Map<string, { readonly file: LogFile; users: number }>();
  readonly losses = new LossCounter();
  readonly #shelves: LogShelves;

  /** Files below the home are made for this user alone, files elsewhere as the umask says. */
  constructor(paths: Pick<Paths, 'home' | 'logsDir' | 'settings' | 'outputSocket'>) {
    this.#outputSocket = paths.outputSocket;
    this.#privateDir = paths.home + sep;
    this.#shelves = new LogShelves(paths, (path) => void this.rotate([path]));
  }

  /** Starts to read a new worker's pipes. The files are made now, so that `tail -f` finds them. */
  capture(identity: LogIdentity, pid: number, stdout: Readable | null, stderr: Readable | null): CapturedOutput {
    const pipes = [
      { stream: 'out' as const, source: stdout, paths: [identity.outFile, identity.logFile] },
      { stream: 'err' as const, source: stderr, paths: [identity.errorFile, identity.logFile] },
    ].flatMap(({ stream, source, paths }) => {
      if (source === null) return [];
      const wanted = new Set(paths.filter((path) => path !== null));
      const relay = OutputRelay.open(this.#outputSocket, { ...identity, pid, stream });
      return [{ stream, source, relay, files: [...wanted].map((path) => this.#use(path, identity)) }];
    });
    const output = new WorkerOutput({
      identity,
      pid,
      pipes,
      onLost: (bytes) => this.losses.add(identity.pmId, bytes),
    });
    output.ended.then(() => {
      for (const { files } of pipes) for (const file of files) this.#leave(file);
    });
    return output;
  }

  /** The files in use of a worker are put away by other rules from now on. */
  amend({ app, namespace, rotation = {}, outFile, errorFile, logFile }: LogIdentity): void {
    for (const path of [outFile, errorFile, logFile]) {
      if (path !== null && this.#files.has(path))
        void this.#shelves.amend(path, { app: `${namespace}/${app}`, rotation });
    }
  }

  /** Bytes of this worker that could not be written since this master started, or its logs were flushed. */
  lostBytes(pmId: number): number {
    return this.losses.of(pmId);
  }

  /** Empties the files, in place. A file that is not there is empty. */
  async flush(files: readonly string[]): Promise<Outcome<null>> {
    const emptied = await Promise.allSettled(
      files.map(async (path) => {
        const open = this.#files.get(path);
        await (open ? open.file.truncate() : truncate(path));
      }),
    );
    for (const [index, result] of emptied.entries()) {
      if (result.status === 'fulfilled' || result.reason.code === 'ENOENT') continue;
      return fail(problem('logs/not-emptied', { path: files[index] ?? '', reason: result.reason.message }));
    }
    return succeed(null);
  }

  /** Puts the files away whatever their size; gives back those that had something in them. */
  async rotate(files: readonly string[]): Promise<Outcome<{ files: string[] }>> {
    const rotated: string[] = [];
    for (const path of files) {
      const open = this.#files.get(path);
      const closed = open ? null : new LogFile({ path, mode: 0o600, shelf: this.#shelves, notice: Buffer.from });
      try {
        if (await (open?.file ?? closed)?.rotate()) rotated.push(path);
      } catch (error) {
        return fail(problem('logs/not-rotated', { path, reason: (error as Error).message })); // fs rejects with nothing else
      } finally {
        await closed?.close();
      }
    }
    return succeed({ files: rotated });
  }

  /** Goes by the settings of the home as they are now. */
  settingsChanged(): Promise<void> {
    return this.#shelves.settingsChanged();
  }

  /** Closes every file and opens what is at its path now, for logrotate(8). */
  async reopen(): Promise<void> {
    await Promise.allSettled(
      [...this.#files.values()].map(async ({ file }) => {
        await file.close();
        await file.create();
      }),
    );
  }

  /** Writes what is waiting and closes the files. Gives the paths of those of which something could not be written. */
  async close(): Promise<string[]> {
    const files = [...this.#files.values()].map(({ file }) => file);
    await Promise.allSettled(
      files.map(async (file) => {
        await file.written();
        await file.close();
      }),
    );
    await this.#shelves.close();
    return files.filter(({ isBehind }) => isBehind).map(({ path }) => path);
  }

  #use(path: string, identity: LogIdentity): LogFile {
    const { app, namespace, rotation = {} } = identity;
    const open = this.#files.get(path) ?? { file: this.#make(path, identity), users: 0 };
    open.users += 1;
    this.#files.set(path, open);
    this.#shelves.take(path, { app: `${namespace}/${app}`, rotation });
    open.file.create().catch(() => {}); // the first write tries again, and says so when it fails
    return open.file;
  }

  #make(path: string, identity: LogIdentity): LogFile {
    const mode = path.startsWith(this.#privateDir) ? 0o600 : 0o666;
    return new LogFile({ path, mode, shelf: this.#shelves, notice: (text) => noticeLine(identity, text, Date.now()) });
  }

  async #leave(file: LogFile): Promise<void> {
    const open = this.#files.get(file.path);
    if (!open) return;
    open.users -= 1;
    await file.written();
    // What waits for a full disk is still to be written, before what the next worker says and by nobody else.
    while (open.users === 0 && file.isBehind) await delay(SETTLE_MS, undefined, { ref: false });
    if (open.users > 0) return;
    await file.close().catch(() => {}); // nobody is left to tell
    if (open.users > 0 || this.#files.get(file.path) !== open) return;
    this.#files.delete(file.path);
    this.#shelves.leave(file.path);
  }
}
