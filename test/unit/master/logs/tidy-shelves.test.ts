import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { tidyFolder } from '../../../../src/master/logs/tidy-shelves.ts';

test('when a home is over its cap the oldest goes first, also what apps that are silent or gone left behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pm-tidy-'));
  const make = (name: string, daysOld: number) => {
    const at = Date.now() / 1000 - daysOld * 86_400;
    writeFileSync(join(folder, name), 'x'.repeat(100));
    utimesSync(join(folder, name), at, at);
  };
  make('gone-out-1.log', 9);
  make('quiet-out.log', 8);
  make('busy-out.log.2026-01-01_00-00-00.1', 7);
  make('gone-out-2.log', 2);
  make('busy-out.log', 0);
  make('ours-out.log', 30);
  const isOurs = (path: string) => basename(path).startsWith('ours');
  const tidy = async (maxTotalBytes: number) => {
    await tidyFolder(folder, maxTotalBytes, { maxBytes: () => 0, isOurs });
    return readdirSync(folder).sort();
  };
  expect((await tidy(600)).length).toBe(6);
  expect(await tidy(0)).toHaveLength(6);
  expect(await tidy(400)).toEqual([
    'busy-out.log',
    'busy-out.log.2026-01-01_00-00-00.1',
    'gone-out-2.log',
    'ours-out.log',
  ]);
  expect(await tidy(100)).toEqual(['busy-out.log', 'ours-out.log']);
  rmSync(folder, { recursive: true });
});
