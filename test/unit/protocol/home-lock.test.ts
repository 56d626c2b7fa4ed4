import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeHomeLock } from '../../../src/protocol/home-lock.ts';
import { bootId } from '../../../src/shared/process-identity.ts';

let folder: string;
let lockDir: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pm-lock-'));
  lockDir = join(folder, 'lock');
});

afterEach(() => rm(folder, { recursive: true }));

/** A process that tries for the lock at each line it reads, and says what came of it. */
class Contender {
  readonly process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(file: string) {
    this.process = spawn(process.execPath, [file, lockDir], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.process.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  async answer(): Promise<string> {
    return (await this.#answers.next()).value;
  }

  try(): Promise<string> {
    this.process.stdin?.write('try\n');
    return this.answer();
  }

  kill(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.process.once('exit', () => resolve()));
    this.process.kill('SIGKILL');
    return gone;
  }
}

async function buildContender(): Promise<string> {
  const file = join(folder, 'contender.cjs');
  const lock = join(process.cwd(), 'src/protocol/home-lock.ts');
  const contents = `
    import { createInterface } from 'node:readline';
    import { takeHomeLock } from ${JSON.stringify(lock)};
    createInterface({ input: process.stdin }).on('line', async () => {
      console.log((await takeHomeLock(process.argv[2], 'daemon')) ? 'taken' : 'refused');
    });
    console.log('there');`;
  await build({ stdin: { contents, resolveDir: folder }, outfile: file, bundle: true, platform: 'node' });
  return file;
}

describe('the lock of a home', () => {
  test('goes to exactly one of many processes, and to exactly one more each time its owner is killed', async () => {
    const file = await buildContender();
    let contenders = Array.from({ length: 6 }, () => new Contender(file));
    try {
      await Promise.all(contenders.map((contender) => contender.answer()));
      while (contenders.length > 1) {
        const answers = await Promise.all(contenders.map((contender) => contender.try()));
        expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
        const owner = contenders[answers.indexOf('taken')];
        await owner?.kill();
        contenders = contenders.filter((contender) => contender !== owner);
      }
      expect(await readdir(lockDir)).toEqual(['5']);
    } finally {
      await Promise.all(contenders.map((contender) => contender.kill()));
    }
  }, 20_000);

  test('is kept while its owner lives, and free once released', async () => {
    const lock = await takeHomeLock(lockDir, 'daemon');
    expect(await takeHomeLock(lockDir, 'daemon')).toBeNull();
    expect(await takeHomeLock(lockDir, 'starter')).toBeNull();
    await lock?.release();
    expect(await takeHomeLock(lockDir, 'daemon')).not.toBeNull();
  });

  test('held by a starter keeps off starters, not the daemon; a starter that lost it releases nothing', async () => {
    const starter = await takeHomeLock(lockDir, 'starter');
    expect(await takeHomeLock(lockDir, 'starter')).toBeNull();
    expect(await takeHomeLock(lockDir, 'daemon')).not.toBeNull();
    await starter?.release();
    expect(await takeHomeLock(lockDir, 'daemon')).toBeNull();
  });

  const pid = process.pid;
  test.each([
    ['of a process that is gone', { owner: { pid: 2 ** 22 + 1, startedAs: '1' } }],
    ['of an earlier process with our pid', { owner: { pid, startedAs: '1' } }],
    ['of another boot', { boot: 'another' }],
    ['of a starter that has hung for long', { role: 'starter', takenAt: 0 }],
    ['that was cut short', 'cut'],
  ])('is free when the entry is one %s', async (_of, change) => {
    const own = await takeHomeLock(lockDir, 'daemon');
    expect(own).not.toBeNull();
    const boot = await bootId();
    const [name = ''] = await readdir(lockDir);
    const entry = JSON.parse(await readFile(join(lockDir, name), 'utf8'));
    expect(entry).toMatchObject({ role: 'daemon', boot, owner: { pid } });
    await writeFile(
      join(lockDir, '9'),
      change === 'cut' ? '{"role":' : JSON.stringify({ ...entry, ...Object(change) }),
    );
    expect(await takeHomeLock(lockDir, 'starter')).not.toBeNull();
    expect(await readdir(lockDir)).toEqual(['10']);
  });
});
