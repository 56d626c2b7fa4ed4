import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CapturedOutput, MasterLogs } from '../../../../src/master/logs/master-logs.ts';
import { pathsOf } from '../../../../src/shared/paths.ts';
import { identity } from './identity.ts';

let home: string;
let logs: MasterLogs;
const children: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pm-logs-'));
  logs = new MasterLogs(pathsOf({ PM_HOME: home }));
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.pid) killGroup(child.pid);
  await logs.close();
  rmSync(home, { recursive: true });
});

const out = () => join(home, 'logs', 'out.log');
const err = () => join(home, 'logs', 'err.log');
const read = (path: string) => readFileSync(path, 'utf8');

/** A real child in a group of its own, whose output goes to the files of `differs`. */
function run(
  command: string,
  differs: Parameters<typeof identity>[0] = {},
): { exited: Promise<unknown>; output: CapturedOutput } {
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  children.push(child);
  const exited = once(child, 'exit');
  const files = { outFile: out(), errorFile: err(), ...differs };
  return { exited, output: logs.capture(identity(files), child.pid ?? 0, child.stdout, child.stderr) };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // gone by itself
  }
}

test('the last words before a kill are in the files, the unfinished line ended, and the end of stderr is at hand', async () => {
  const { exited, output } = run('seq 1 30 >&2; echo one; printf "two é"; kill -9 $$');
  await exited;
  await output.finish();
  expect(read(out())).toBe('one\ntwo é\n');
  expect(read(err()).trimEnd().split('\n').length).toBe(30);
  expect(output.stderrTail()).toEqual(Array.from({ length: 20 }, (_, line) => String(line + 11)));
  expect(statSync(out()).mode & 0o777).toBe(0o600);
});

test('a grandchild that keeps the pipe open holds up nothing, and is heard all the same', async () => {
  const fifo = join(home, 'go');
  const { exited, output } = run(`mkfifo ${fifo}; echo first; (read line <${fifo}; echo $line) & exit 0`);
  await exited;
  await output.finish();
  expect(read(out())).toBe('first\n');
  spawn('sh', ['-c', `echo later >${fifo}`]);
  await expect.poll(() => read(out())).toBe('first\nlater\n');
});

test('several workers share a file, and no line of one is torn by another', async () => {
  const line = 'x'.repeat(500);
  const workers = [0, 1, 2].map((slot) =>
    run(`i=0; while [ $i -lt 300 ]; do printf '${slot} '; printf "$i "; echo ${line}; i=$((i+1)); done`, { slot }),
  );
  for (const { exited, output } of workers) {
    await exited;
    await output.finish();
  }
  const next = [0, 0, 0];
  for (const written of read(out()).trimEnd().split('\n')) {
    const [slot, number, rest] = written.split(' ');
    expect({ number: Number(number), rest }).toEqual({ number: next[Number(slot)], rest: line });
    next[Number(slot)] = Number(number) + 1;
  }
  expect(next).toEqual([300, 300, 300]);
});

test('a combined file has both streams; a stream without a file is read all the same', async () => {
  const all = join(home, 'all.log');
  const { exited, output } = run('echo a; seq 1 20000 >&2', { outFile: null, errorFile: null, logFile: all });
  await exited;
  await output.finish();
  const silent = run('seq 1 200000', { outFile: null, errorFile: null });
  await silent.exited;
  expect(read(all)).toContain('a\n');
  expect(read(all).length).toBe(2 + 108_894);
});

test('an unfinished line is shown after a while, and goes on where it stopped', async () => {
  const fifo = join(home, 'go');
  const { exited, output } = run(`mkfifo ${fifo}; printf 'name? '; read line <${fifo}; echo $line`);
  await expect.poll(() => read(out())).toBe('name? ');
  spawn('sh', ['-c', `echo Ann >${fifo}`]);
  await exited;
  await output.finish();
  expect(read(out())).toBe('name? Ann\n');
});

test('flush empties the files of running workers and of others, and says which it cannot', async () => {
  const { exited, output } = run('echo one');
  await exited;
  await output.finish();
  expect(await logs.flush([out(), join(home, 'never')])).toEqual({ ok: true, value: null });
  expect(read(out())).toBe('');
  expect(await logs.flush([home])).toMatchObject({ ok: false, problem: { code: 'logs/not-emptied' } });
});

test('a FIFO that is read gets every line, however often it is full', async () => {
  const fifo = join(home, 'fifo');
  const kept = join(home, 'kept');
  execFileSync('mkfifo', [fifo]);
  const reader = spawn('sh', ['-c', 'exec cat "$0" > "$1"', fifo, kept], { stdio: 'ignore', detached: true });
  children.push(reader);
  const { exited, output } = run('seq 1 200000', { outFile: fifo });
  await exited;
  await output.finish();
  await logs.close(); // the end of what is read
  await once(reader, 'exit');
  expect(read(kept)).toBe(Array.from({ length: 200_000 }, (_, at) => `${at + 1}\n`).join(''));
});
