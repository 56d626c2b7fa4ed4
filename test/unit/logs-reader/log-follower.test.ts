import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderWatch } from '../../../src/logs-reader/folder-watch.ts';
import { LogFollower } from '../../../src/logs-reader/log-follower.ts';
import { rotatedName } from '../../../src/shared/rotated-log.ts';

let folder: string;
let log: string;
let got: string[];
let watch: FolderWatch;
let follower: LogFollower;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pm-read-'));
  log = join(folder, 'api-out.log');
  got = [];
  watch = new FolderWatch();
  follower = new LogFollower(log, (lines) => void got.push(...lines));
});

afterEach(async () => {
  watch.close();
  await follower.close();
  rmSync(folder, { recursive: true });
});

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `line ${from + at}`);
const asText = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

function rotate(seq: number, { gzip = false } = {}): void {
  const rotated = join(folder, rotatedName('api-out.log', seq, Date.now()));
  renameSync(log, rotated);
  if (!gzip) return;
  writeFileSync(`${rotated}.gz`, gzipSync(readFileSync(rotated)));
  rmSync(rotated);
}

async function history(lines: number): Promise<string[]> {
  await follower.giveHistory({ lines });
  await follower.giveUnfinished();
  return got;
}

test('the last lines, however long they are, and no more', async () => {
  const lines = ['short', 'é'.repeat(100_000), '', 'last'];
  writeFileSync(log, asText(lines));
  expect(await history(3)).toEqual(lines.slice(1));
});

test('a last line without an end belongs to them when nothing follows', async () => {
  writeFileSync(log, 'one\ntwo\nthree');
  expect(await history(2)).toEqual(['two', 'three']);
});

test('as many rotated and compressed files as it takes, and none of an app whose name begins alike', async () => {
  writeFileSync(join(folder, 'api-out.log-other.1'), 'not mine\n');
  for (const [seq, gzip] of [
    [8, true],
    [9, true],
    [10, false],
  ] as const) {
    writeFileSync(log, asText(numbers(seq * 10, seq * 10 + 10)));
    rotate(seq, { gzip });
  }
  writeFileSync(log, asText(numbers(110, 115)));
  expect(await history(22)).toEqual(numbers(93, 115));
});

test('a file that is not there yet is followed once it is', async () => {
  await follower.giveHistory({ lines: 10 });
  follower.follow(watch);
  writeFileSync(log, 'first\n');
  await expect.poll(() => got, { timeout: 3000 }).toEqual(['first']);
});

test('history and what follows meet without a gap or a repeat, over rotations and a character cut in two', async () => {
  writeFileSync(log, asText(numbers(0, 50)));
  await follower.giveHistory({ lines: 10 });
  follower.follow(watch);
  appendFileSync(log, Buffer.from('line 50\nline é').subarray(0, -1));
  await expect.poll(() => got.at(-1)).toBe('line 50');
  appendFileSync(log, Buffer.from('é\n').subarray(1));
  appendFileSync(log, 'old file, last\n');
  rotate(1);
  writeFileSync(log, 'never seen as current\n');
  rotate(2, { gzip: true });
  writeFileSync(log, 'newest\n');
  await expect.poll(() => got.at(-1)).toBe('newest');
  expect(got).toEqual([...numbers(40, 51), 'line é', 'old file, last', 'never seen as current', 'newest']);
});

test('what was rotated away and deleted unread is said', async () => {
  writeFileSync(log, 'one\n');
  await follower.giveHistory({ lines: 1 });
  for (const seq of [1, 2, 3, 4]) {
    rotate(seq);
    if (seq < 4) rmSync(join(folder, rotatedName('api-out.log', seq, Date.now())));
    writeFileSync(log, `after ${seq}\n`);
  }
  follower.follow(watch);
  await expect.poll(() => got.at(-1)).toBe('after 4');
  expect(got).toEqual(['one', '[pm] 2 files of log went by faster than they could be read', 'after 3', 'after 4']);
});

test('an unfinished line is shown after a while', async () => {
  writeFileSync(log, 'done\nname? ');
  await follower.giveHistory({ lines: 10 });
  follower.follow(watch);
  await expect.poll(() => got, { timeout: 4000 }).toEqual(['done', 'name? ']);
  appendFileSync(log, 'Ann\n');
  await expect.poll(() => got.at(-1)).toBe('Ann');
});

test('an emptied file is read from its beginning again', async () => {
  writeFileSync(log, asText(numbers(0, 100)));
  await follower.giveHistory({ lines: 1 });
  follower.follow(watch);
  truncateSync(log);
  appendFileSync(log, 'after\n');
  await expect.poll(() => got).toEqual(['line 99', 'after']);
});

test('a sink that takes its time is not overrun: lines wait in the file', async () => {
  writeFileSync(log, '');
  let go = () => {};
  const slow = new LogFollower(log, (lines) => {
    got.push(...lines);
    return new Promise<void>((resolve) => {
      go = resolve;
    });
  });
  await slow.giveHistory({ lines: 0 });
  slow.follow(watch);
  appendFileSync(log, asText(numbers(0, 100_000)));
  await expect.poll(() => got.length).toBeGreaterThan(0);
  expect(got.length).toBeLessThan(10_000);
  const pump = setInterval(() => go());
  await expect.poll(() => got.length).toBe(100_000);
  clearInterval(pump);
  await slow.close();
});

test('what was put away is shown when nothing is at the path; what is missing or damaged is said', async () => {
  for (const seq of [1, 2, 3, 4]) {
    writeFileSync(log, asText(numbers(seq, seq + 1)));
    rotate(seq, { gzip: seq === 2 });
  }
  const nameOf = (seq: number) => readdirSync(folder).find((name) => new RegExp(`\\.${seq}(\\.gz)?$`).test(name)) ?? '';
  const compressed = nameOf(2);
  truncateSync(join(folder, compressed), 15);
  rmSync(join(folder, nameOf(3)));
  expect(await history(100)).toEqual([
    'line 1',
    `[pm] ${compressed} is damaged`,
    '[pm] a file of log is no longer there',
    'line 4',
  ]);
});

test('history ends where the file ended when it was asked for, and goes on from there', async () => {
  writeFileSync(log, asText(numbers(0, 3)));
  await follower.openHistory({ lines: 10 });
  appendFileSync(log, asText(numbers(3, 5)));
  expect(await follower.nextLines()).toEqual(numbers(0, 3));
  expect(await follower.nextLines()).toBe(null);
  expect(await follower.nextLines()).toEqual(numbers(3, 5));
});

test('a file that somebody moved is no reason to skip the first that was put away after it', async () => {
  writeFileSync(log, asText(numbers(0, 1)));
  await history(10);
  renameSync(log, join(folder, 'moved'));
  writeFileSync(log, asText(numbers(1, 2)));
  rotate(1);
  writeFileSync(log, asText(numbers(2, 3)));
  follower.follow(watch);
  await expect.poll(() => got).toEqual(numbers(0, 3));
});

test.each([['/dev/null'], ['/dev/full'], ['a FIFO'], ['below a file']])('%s has no history', async (path) => {
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  writeFileSync(log, '');
  const odd = new LogFollower(path === 'a FIFO' ? fifo : path === 'below a file' ? join(log, 'x') : path, () => {
    throw new Error('there is a line');
  });
  await odd.giveHistory({ lines: 10 });
  await odd.close();
});
