import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDaemon } from '../../../src/protocol/spawn-daemon.ts';
import { pathsOf } from '../../../src/shared/paths.ts';

let folder: string;
let notices: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pm-spawn-'));
  notices = [];
});

afterEach(() => rm(folder, { recursive: true }));

const start = (home: string) =>
  startDaemon(pathsOf({ PM_HOME: home }), (notice) => notices.push(notice), { distDir: folder });

test('a daemon that dies at its start is told of, with its own last words', async () => {
  await writeFile(join(folder, 'daemon.cjs'), `throw new Error('out of order')`);
  const home = join(folder, 'home');
  await mkdir(home);
  await writeFile(join(home, 'daemon.log'), 'words of an earlier daemon\n');
  const started = await start(home);
  expect(started).toMatchObject({ ok: false, problem: { code: 'daemon/unreachable' } });
  const evidence = started.ok ? [] : started.problem.evidence;
  expect(evidence).toContain('Error: out of order');
  expect(evidence).not.toContain('words of an earlier daemon');
  expect(notices).toEqual([`Spawning PM daemon with PM_HOME=${home}`]);
});

test.each([
  ['below a file', () => join(folder, 'file', 'home'), 'home/not-writable'],
  ['below a folder where nothing can be made', () => '/proc/nothing/home', 'home/not-writable'],
  ['too long for a socket', () => join(folder, 'x'.repeat(100)), 'home/path-too-long'],
])('a home %s is refused before anything is spawned', async (_where, home, code) => {
  await writeFile(join(folder, 'file'), '');
  expect(await start(home())).toMatchObject({ ok: false, problem: { code } });
  expect(notices).toEqual([]);
});
