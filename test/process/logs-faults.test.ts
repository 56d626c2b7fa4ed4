import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { bodyOf } from '../helpers/http.ts';
import { Rig } from '../helpers/rig.ts';

const LINE = /^\d{8} x{90}$/;
const NOTICE = /^\[pm\] (\d+) bytes of log were lost here/;

/** A file system of its own of that size; not everybody may have one. */
class SmallDisk {
  readonly path: string;

  constructor(path: string, size: string) {
    this.path = path;
    mkdirSync(path);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'pm-test', path], { stdio: 'ignore' });
  }

  /** The limit of an app that runs on, or of a folder that may be written again. */
  remount(options: string): void {
    execFileSync('mount', ['-o', `remount,${options}`, this.path]);
  }

  [Symbol.dispose](): void {
    execFileSync('umount', ['-l', this.path]);
  }
}

const mayMount = (() => {
  try {
    execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
})();

/** Numbers of the lines of a log, each whole, and the bytes that its notices say were lost. */
function readLog(text: string): { numbers: number[]; lostBytes: number } {
  const numbers: number[] = [];
  let lostBytes = 0;
  for (const line of text.trimEnd().split('\n')) {
    const notice = NOTICE.exec(line);
    if (notice) lostBytes += Number(notice[1]);
    else {
      expect(line).toMatch(LINE);
      numbers.push(Number(line.slice(0, 8)));
    }
  }
  return { numbers, lostBytes };
}

/** Something is missing of a log, in one or more files; its notices say exactly what; the rest is in order, and there once. */
function expectLossAccounted(...files: readonly string[]): void {
  const read = files.map(readLog);
  const numbers = read.flatMap((file) => file.numbers);
  const missing = (numbers.at(-1) ?? 0) + 1 - numbers.length;
  expect(missing).toBeGreaterThan(0);
  expect(read.reduce((sum, { lostBytes }) => sum + lostBytes, 0)).toBe(missing * 100);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
}

test.skipIf(!mayMount)(
  'a full disk holds up nobody; the loss is counted, shown and marked, and no line is torn',
  async () => {
    await using rig = await Rig.create();
    using disk = new SmallDisk(join(rig.work, 'disk'), '256k');
    const log = join(disk.path, 'out.log');
    const port = await rig.serve('floods.js', '-o', log);
    const printed = async () => Number(await bodyOf(port));
    await rig.until('the disk to be full', () => rig.read(log).length > 250_000);
    // What has no room waits, up to 2 MB; beyond that it is lost, and the app goes on printing.
    await rig.until('more than waits', async () => (await printed()) > 30_000);
    await rig.until('the loss to be listed', async () =>
      (await rig.ok('ls')).stdout.match(/of the output of "app" \(0\)/),
    );
    await rig.until('the loss to be shown', async () =>
      (await rig.ok('describe', 'app')).stdout.match(/lost log output/),
    );
    disk.remount('size=64m');
    await rig.until('a notice', () => rig.read(log).includes('[pm] '));
    await rig.ok('stop', 'app');

    expectLossAccounted(rig.read(log));
  },
);

test.skipIf(!mayMount)('a log that is emptied while its disk is full begins with a whole line', async () => {
  await using rig = await Rig.create();
  using disk = new SmallDisk(join(rig.work, 'disk'), '203k');
  const log = join(disk.path, 'out.log');
  await rig.serve('floods.js', '-o', log);
  await rig.until('half a line', () => /[^\n]$/.test(rig.read(log)) && rig.read(log).length > 200_000);
  disk.remount('size=64m');
  await rig.ok('flush', 'app');
  await rig.until('lines', () => rig.read(log).includes('\n'));
  await rig.ok('stop', 'app');
  expect(readLog(rig.read(log)).numbers.length).toBeGreaterThan(0);
});

test.skipIf(!mayMount)(
  'what waits for a full disk is written in its order, with no line torn, when the app has been started anew meanwhile',
  async () => {
    await using rig = await Rig.create();
    using disk = new SmallDisk(join(rig.work, 'disk'), '256k');
    const log = join(disk.path, 'out.log');
    const script = await rig.write(
      'prints.js',
      `const pad = 'x'.repeat(90);
       for (let n = 0; n < 4000; n++) console.log(process.pid + ' ' + n + ' ' + pad);
       setInterval(() => {}, 1000);`,
    );
    await rig.ok('start', script, '--name', 'prints', '-o', log);
    await rig.until('the disk to be full', () => rig.read(log).length > 250_000);
    const before = await rig.pids('prints');
    await rig.ok('stop', 'prints');
    disk.remount('size=64m');
    await rig.ok('restart', 'prints');
    const pids = [...before, ...(await rig.pids('prints'))];
    const lines = pids.flatMap((pid) => Array.from({ length: 4000 }, (_, n) => `${pid} ${n} ${'x'.repeat(90)}\n`));
    await rig.until('the last line', () => rig.read(log).endsWith(lines.at(-1) ?? ''));
    expect(rig.read(log)).toBe(lines.join(''));
  },
);

test.skipIf(!mayMount)(
  'a folder that cannot be written yet: the app runs, and nothing is lost once it can',
  async () => {
    await using rig = await Rig.create();
    using disk = new SmallDisk(join(rig.work, 'disk'), '64m');
    disk.remount('ro');
    const script = await rig.write('talks.js', 'console.log("first"); setInterval(() => {}, 1000)');
    const log = join(disk.path, 'new', 'out.log');
    await rig.ok('start', script, '--name', 'talks', '-o', log);
    disk.remount('rw');
    await rig.until('the line', () => rig.read(log) === 'first\n');
  },
);

/** Waits until `pm ls` tells of a loss, and proves that the app, which answers with its count, goes on then. */
async function untilLossIsListed(rig: Rig, port: number): Promise<void> {
  const shown = await rig.until(
    'the loss to be listed',
    async () => {
      const { stdout } = await rig.ok('ls');
      return stdout.includes('of the output of "app" (0)') && Number(await bodyOf(port));
    },
    30_000,
  );
  await rig.until('the app to go on', async () => Number(await bodyOf(port)) > shown);
}

/** The lowest descriptor that a process has for a file, or else that it has not got at all. */
function descriptorOf(path: string, pid: number): number {
  const folder = `/proc/${pid}/fd`;
  const open = new Map(readdirSync(folder).map((fd) => [Number(fd), readlinkSync(join(folder, fd))]));
  return Array.from(open, (_, fd) => fd).find((fd) => open.get(fd) === path || !open.has(fd)) ?? open.size;
}

/** What a process opens from now on gets a descriptor below this, or fails with EMFILE. */
const limitFiles = (pid: number, files: number) => execFileSync('prlimit', ['--pid', `${pid}`, `--nofile=${files}:`]);

test.skipIf(process.platform !== 'linux')(
  'without file descriptors left, the app runs on; the loss is counted, listed and marked, and no line is torn',
  async () => {
    await using rig = await Rig.create();
    const log = join(rig.work, 'out.log');
    const port = await rig.serve('floods.js', '-o', log);
    const [app = 0] = await rig.pids('app');
    const master = rig.parentOf(app);
    await rig.until('lines', () => rig.read(log).length > 0);
    limitFiles(master, descriptorOf(log, master)); // once it is closed it cannot be opened again
    renameSync(log, `${log}.old`);
    await untilLossIsListed(rig, port);
    expect((await rig.workers('app')).map(({ pid, pm2_env }) => [pid, pm2_env.status])).toEqual([[app, 'online']]);
    limitFiles(master, 1024);
    await rig.until('a notice', () => rig.read(log).includes('[pm] '));
    await rig.ok('stop', 'app');

    expectLossAccounted(rig.read(`${log}.old`), rig.read(log));
  },
);

/** A daemon that permissions hold for, also when it runs as root: capabilities(7), CAP_DAC_OVERRIDE. */
function startPlainDaemon({ env }: Rig): void {
  const command = [process.execPath, inject('pmBin'), 'ping'];
  const [file = '', ...args] =
    process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', ...command] : command;
  execFileSync(file, args, { env, stdio: 'ignore' });
}

test.skipIf(process.platform !== 'linux')(
  'a log that may no longer be written: the app runs on; the loss is counted, listed and marked, and no line is torn',
  async () => {
    await using rig = await Rig.create();
    startPlainDaemon(rig);
    const log = join(rig.work, 'out.log');
    const port = await rig.serve('floods.js', '-o', log);
    await rig.until('lines', () => rig.read(log).length > 0);
    chmodSync(log, 0o400);
    expect((await rig.ok('reloadLogs')).code).toBe(0);
    await untilLossIsListed(rig, port);
    chmodSync(log, 0o600);
    await rig.until('a notice', () => rig.read(log).includes('[pm] '));
    await rig.ok('stop', 'app');

    expectLossAccounted(rig.read(log));
  },
);

test('a log that is deleted, or renamed, is made again, and nothing is lost', async () => {
  await using rig = await Rig.create();
  const log = join(rig.work, 'out.log');
  await rig.serve('floods.js', '-o', log);
  await rig.until('lines', () => rig.read(log).length > 0);
  renameSync(log, `${log}.old`);
  await rig.until('a new file', () => statSync(log, { throwIfNoEntry: false }));
  const kept = rig.read(`${log}.old`);
  rmSync(log);
  await rig.until('another', () => statSync(log, { throwIfNoEntry: false }));
  await rig.ok('stop', 'app');
  const renamed = readLog(kept).numbers;
  expect(renamed).toEqual(Array.from(renamed.keys()));
  const last = readLog(rig.read(log)).numbers;
  expect(last).toEqual(Array.from(last, (_, at) => (last[0] ?? 0) + at));
});

test("the daemon's own log is put away when it is large, and made again when it is gone", async () => {
  await using rig = await Rig.create();
  const log = join(rig.home, 'daemon.log');
  const tell = () => process.kill(rig.daemonPid() ?? 0, 'SIGUSR2');
  await rig.ok('ping');
  truncateSync(log, 11 * 2 ** 20);
  await rig.until('it to be put away', () => {
    tell();
    return readdirSync(rig.home).some((name) => /^daemon\.log\..*\.1$/.test(name));
  });
  await rig.until('a line in a new one', () => rig.read(log).includes('reopened'));
  rmSync(log);
  await rig.until('another', () => {
    tell();
    return rig.read(log).includes('reopened');
  });
});
