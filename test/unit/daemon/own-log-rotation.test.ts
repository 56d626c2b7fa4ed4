import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAnew, putAwayIfLarge } from '../../../src/daemon/own-log-rotation.ts';

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pm-own-'));
  log = join(folder, 'daemon.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

const rotated = () => readdirSync(folder).filter((name) => name !== 'daemon.log');

test('what is open is opened anew under the same number, and three old ones are kept', async () => {
  let fd = openSync(log, 'a');
  const number = fd;
  for (let i = 1; i <= 5; i++) {
    writeSync(fd, `${i}\n`.repeat(10));
    await putAwayIfLarge(log, 15);
    fd = openAnew(log, fd);
  }
  closeSync(fd);
  expect(fd).toBe(number);
  expect(readFileSync(log, 'utf8')).toBe('');
  const kept = rotated().map((name) => readFileSync(join(folder, name), 'utf8').slice(0, 1));
  expect(kept.sort()).toEqual(['3', '4', '5']);
});

test('a log is renamed, one that is small is left, and one that is missing is no matter', async () => {
  await putAwayIfLarge(log, 15);
  appendFileSync(log, 'small');
  await putAwayIfLarge(log, 15);
  expect(readdirSync(folder)).toEqual(['daemon.log']);
  appendFileSync(log, ' no longer small');
  await putAwayIfLarge(log, 15);
  expect(rotated().length).toBe(1);
  expect(readdirSync(folder).length).toBe(1);
});
