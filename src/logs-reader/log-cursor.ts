import { stat } from 'node:fs/promises';
import { findLastLines } from './last-lines.ts';
import { LineSplitter } from './line-splitter.ts';
import { type LogSegment, PlainSegment } from './log-segment.ts';
import {
  type CurrentFile,
  inodeOf,
  listRotated,
  noticeSegment,
  openCurrent,
  openRotated,
  openRotatedAtLastLines,
  writtenAt,
} from './rotated-files.ts';

/** How much of what was written before is wanted. */
export interface HistoryLength {
  /** Last lines; infinitely many: all there are. */
  readonly lines: number;
  /** Of files to which nothing was written since then (ms since the epoch), none. */
  readonly writtenSince?: number;
  /** Instead: what the file has from this byte on. */
  readonly fromByte?: number;
}

/**
 * A place in a log, which moves on over rotations without a gap or a repeat: it finishes the file it has open, whatever that
 * is called by now, then reads the ones rotated since, then the one at the path. Holds one chunk and one unfinished line.
 */
export class LogCursor {
  readonly #path: string;
  readonly #splitter = new LineSplitter();
  /** What is to be read before `#current`, oldest first. */
  readonly #older: LogSegment[] = [];
  #current: PlainSegment | null = null;
  #newestSeq = 0;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Opened before its last lines, over as many rotated files as it takes. The file need not exist. */
  static async atHistory(path: string, history: HistoryLength): Promise<LogCursor> {
    const cursor = new LogCursor(path);
    await cursor.#goBack(await openCurrent(path), history);
    return cursor;
  }

  /** The next lines in batches, of which one may be empty; null: no more for now. */
  async read(): Promise<readonly string[] | null> {
    const [oldest] = this.#older;
    if (oldest) return this.#readOlder(oldest);
    if (!this.#current) return (await this.#begin()) ? [] : null;
    const chunk = await this.#current.read();
    if (chunk) return this.#splitter.push(chunk);
    if (this.#current.endPause()) return null; // of the history: an app may write faster than it is read
    if (await this.#current.noticeTruncation()) return this.#splitter.finish();
    return (await this.#followRotation(this.#current)) ? [] : null;
  }

  /** The line at the end that nobody has ended. */
  unfinished(): readonly string[] {
    return this.#splitter.finish();
  }

  async close(): Promise<void> {
    const open = this.#older.splice(0);
    if (this.#current) open.push(this.#current);
    this.#current = null;
    await Promise.all(open.map((segment) => segment.close()));
  }

  async #readOlder(segment: LogSegment): Promise<readonly string[]> {
    const chunk = await segment.read().catch(() => null); // a damaged gzip file ends where the damage is
    if (chunk) return this.#splitter.push(chunk);
    this.#older.shift();
    await segment.close();
    return this.#splitter.finish();
  }

  /** `file`: what is at the path; null: nothing, but there may be what was put away. */
  async #goBack(file: CurrentFile | null, { lines, writtenSince = 0, fromByte }: HistoryLength): Promise<void> {
    if (fromByte !== undefined) {
      if (file) this.#goTo(file, { offset: fromByte });
      return;
    }
    let missing = lines;
    if (file) {
      const { size, mtimeMs } = await file.handle.stat();
      const found = await findLastLines(file.handle, size, mtimeMs < writtenSince ? 0 : lines);
      this.#goTo(file, { offset: found.offset, pauseAt: size });
      missing -= found.lines;
    }
    let expected = file?.newestSeq;
    for (const log of (await listRotated(this.#path)).reverse()) {
      if (missing <= 0) break;
      if (file && log.seq > file.newestSeq) continue; // rotated just now: it is the one already open, or comes after it
      if ((await writtenAt(this.#path, log)) < writtenSince) break;
      if (expected !== undefined && log.seq < expected) this.#older.unshift(goneNotice(expected - log.seq));
      expected = log.seq - 1;
      const older = await openRotatedAtLastLines(this.#path, log, missing);
      if (!older) break;
      this.#older.unshift(older.segment);
      missing -= older.lines;
    }
  }

  async #begin(): Promise<boolean> {
    const file = await openCurrent(this.#path);
    if (file) this.#goTo(file);
    return file !== null;
  }

  #goTo(file: CurrentFile, { offset = 0, pauseAt = null }: { offset?: number; pauseAt?: number | null } = {}): void {
    this.#current = new PlainSegment(file.handle, offset, pauseAt);
    this.#newestSeq = file.newestSeq;
  }

  /** At the end of the open file: true when another has taken its place and reading goes on. */
  async #followRotation(current: PlainSegment): Promise<boolean> {
    const [mine, there] = await Promise.all([
      current.handle.stat({ bigint: true }),
      stat(this.#path, { bigint: true }).catch(() => null),
    ]);
    // As long as nothing is in the new file, the writer may not have let go of the old one.
    if (!there || (there.ino === mine.ino && there.dev === mine.dev) || there.size === 0n) return false;
    const file = await openCurrent(this.#path);
    if (!file) return false;
    // Ours was the first to be put away, unless somebody else moved it.
    const first = this.#newestSeq + ((await this.#wasMoved(mine)) ? 1 : 2);
    this.#older.push(current, ...(await this.#missedBetween(first, file.newestSeq)));
    this.#goTo(file);
    return true;
  }

  /** Whether a file is still there, but not among those that were put away. */
  async #wasMoved({ ino, nlink }: { ino: bigint; nlink: bigint }): Promise<boolean> {
    if (nlink === 0n) return false;
    const inodes = (await listRotated(this.#path)).map((log) => inodeOf(this.#path, log));
    return !(await Promise.all(inodes)).includes(ino);
  }

  /** What was put away from `first` to `toSeq` and was never seen. */
  async #missedBetween(first: number, toSeq: number): Promise<LogSegment[]> {
    const missed: LogSegment[] = [];
    let next = first;
    for (const log of await listRotated(this.#path)) {
      if (log.seq < next || log.seq > toSeq) continue;
      const segment = await openRotated(this.#path, log);
      if (!segment) continue;
      if (log.seq > next) missed.push(skipNotice(log.seq - next));
      missed.push(segment);
      next = log.seq + 1;
    }
    if (toSeq >= next) missed.push(skipNotice(toSeq - next + 1));
    return missed;
  }
}

function skipNotice(files: number): LogSegment {
  const what = files === 1 ? 'a file of log went by faster than it' : `${files} files of log went by faster than they`;
  return noticeSegment(`${what} could be read`);
}

const goneNotice = (files: number): LogSegment =>
  noticeSegment(files === 1 ? 'a file of log is no longer there' : `${files} files of log are no longer there`);
