import {
  appendFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { putAwayIfLarge } from '../../../src/daemon/own-log-rotation.ts';

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pm-own-'));
  log = join(folder, 'daemon.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

const rotated = () => readdirSync(folder).filter((name) => name !== 'daemon.log');

test('a log that somebody holds open begins anew under his pen, and three old ones are kept', async () => {
  writeFileSync(log, '');
  const fd = openSync(log, 'a');
  for (let i = 1; i <= 5; i++) {
    writeSync(fd, `${i}\n`.repeat(10));
    await putAwayIfLarge(log, 'copy', 15);
  }
  expect(readFileSync(log, 'utf8')).toBe('');
  const kept = rotated().map((name) => readFileSync(join(folder, name), 'utf8').slice(0, 1));
  expect(kept.sort()).toEqual(['3', '4', '5']);
});

test('one that nobody writes to is renamed, one that is small is left, and one that is missing is no matter', async () => {
  await putAwayIfLarge(log, 'rename', 15);
  appendFileSync(log, 'small');
  await putAwayIfLarge(log, 'rename', 15);
  expect(readdirSync(folder)).toEqual(['daemon.log']);
  appendFileSync(log, ' no longer small');
  await putAwayIfLarge(log, 'rename', 15);
  expect(rotated().length).toBe(1);
  expect(readdirSync(folder).length).toBe(1);
});
