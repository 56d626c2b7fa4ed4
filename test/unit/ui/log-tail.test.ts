import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LineBatch } from '../../../src/ui/line-batch.ts';
import { LogTail } from '../../../src/ui/log-tail.ts';
import { until } from '../../helpers/until.ts';
import { worker } from './samples.ts';

describe('the logs of some workers', () => {
  let folder: string;
  let tail: LogTail | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pm-ui-'));
  });
  afterEach(async () => {
    await tail?.close();
    rmSync(folder, { recursive: true });
  });

  /** Writes a file that was written so many seconds ago. */
  function write(name: string, text: string, ageS: number): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    utimesSync(path, Date.now() / 1000, Date.now() / 1000 - ageS);
    return path;
  }

  test('begin with the last lines of each, the one written last at the end, and go on', async () => {
    const outFile = write('out.log', 'out 1\nout 2\n', 1);
    const errorFile = write('err.log', 'err 1\n', 2);
    const shared = write('shared.log', `${Array.from({ length: 500 }, (_, at) => `old ${at}`).join('\n')}\n`, 3);
    const told: string[] = [];
    const workers = [worker(7, { outFile, errorFile }), worker(8, { outFile: shared, errorFile: shared })];
    tail = new LogTail([...workers, worker(9, { outFile: shared, errorFile: null })], (lines) => {
      for (const { pmId, stream, text } of lines) told.push(`${pmId} ${stream} ${text}`);
    });
    await until('the history', () => told.at(-1) === '7 out out 2', { evidence: () => told.slice(-5).join('\n') });
    expect(told.slice(-4)).toEqual(['9 out old 499', '7 err err 1', '7 out out 1', '7 out out 2']);
    expect(told.length).toBe(133 + 3);
    appendFileSync(errorFile, 'err 2\n');
    await until('the new line', () => told.at(-1) === '7 err err 2');
  });

  test('wait for a file that is not there yet', async () => {
    const outFile = join(folder, 'later.log');
    const told: string[] = [];
    tail = new LogTail([worker(0, { outFile, errorFile: null })], (lines) =>
      told.push(...lines.map(({ text }) => text)),
    );
    writeFileSync(outFile, 'at last\n');
    await until('the line', () => told.includes('at last'));
  });
});

describe('a batch of lines', () => {
  const many = (count: number) => Array.from({ length: count }, () => 'x');
  const given: number[] = [];
  const overrun = vi.fn();
  const batch = () => new LineBatch({ give: (lines) => given.push(lines.length), overrun });

  beforeEach(() => {
    vi.useFakeTimers();
    given.length = 0;
    overrun.mockReset();
  });
  afterEach(() => void vi.useRealTimers());

  test('is given after a moment', () => {
    const lines = batch();
    lines.add(many(2));
    lines.add(many(3));
    expect(given).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(given).toEqual([5]);
  });

  test('holds the reader back when it is full', async () => {
    const lines = batch();
    expect(lines.add(many(999))).toBeUndefined();
    const held = lines.add(many(1));
    expect(held).toBeInstanceOf(Promise);
    vi.advanceTimersByTime(100);
    await held;
    expect(given).toEqual([1_000]);
  });

  test('tells when ten in a row were full, not when one between was not', () => {
    const lines = batch();
    for (let time = 1; time <= 19; time += 1) {
      void lines.add(many(time === 10 ? 1 : 1_000));
      vi.advanceTimersByTime(100);
      expect([time, overrun.mock.calls.length]).toEqual([time, 0]);
    }
    void lines.add(many(1_000));
    vi.advanceTimersByTime(100);
    expect(overrun).toHaveBeenCalledOnce();
  });

  test('lets a held reader go when it is closed, and gives nothing more', async () => {
    const lines = batch();
    const held = lines.add(many(1_000));
    lines.close();
    await held;
    expect(lines.add(many(1_000))).toBeUndefined();
    vi.advanceTimersByTime(1_000);
    expect(given).toEqual([]);
  });
});
