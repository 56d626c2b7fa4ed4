import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LogShelves } from '../../../../src/master/logs/log-shelves.ts';

test('masters that put away the same file at the same moment never overwrite what the other put away', async () => {
  const logsDir = mkdtempSync(join(tmpdir(), 'pm-shelves-'));
  const path = join(logsDir, 'all.log');
  const shelves = [1, 2, 3].map(() => new LogShelves({ logsDir, settings: join(logsDir, 'none') }, () => {}));
  let written = 0;
  const write = () => {
    if (!existsSync(path)) writeFileSync(path, `${written++}\n`);
  };
  for (let round = 0; round < 50; round++) {
    write();
    await Promise.allSettled(shelves.map((shelf) => shelf.putAway(path).finally(write)));
  }
  await Promise.all(shelves.map((shelf) => shelf.close()));
  const text = readdirSync(logsDir).map((name) => readFileSync(join(logsDir, name), 'utf8'));
  rmSync(logsDir, { recursive: true });
  const numbers = text.join('').trimEnd().split('\n').map(Number);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: written }, (_, number) => number));
});
