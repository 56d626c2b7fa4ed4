import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { LineTarget } from '../../../../src/master/logs/line-writer.ts';
import { WorkerOutput } from '../../../../src/master/logs/worker-output.ts';
import { identity } from './identity.ts';

test('while a file is crowded its writers are not read, and afterwards nothing is missing', async () => {
  let taken = '';
  let isSlow = true;
  let relieve = () => {};
  const relieved = new Promise<void>((resolve) => {
    relieve = resolve;
  });
  const slow: LineTarget = {
    get crowded() {
      return isSlow && taken.length > 1000;
    },
    append(lines) {
      taken += Buffer.concat([...lines]).toString();
      return 0;
    },
    relieved: () => relieved,
    endLine: () => {},
    written: async () => {},
  };
  const source = new PassThrough();
  const output = new WorkerOutput({
    identity: identity({}),
    pid: 1,
    pipes: [{ stream: 'out', source, relay: null, files: [slow] }],
    onLost: () => {},
  });
  const lines = Array.from({ length: 20 }, (_, line) => `${line} ${'x'.repeat(600)}\n`);
  for (const line of lines) source.write(line);
  await expect.poll(() => taken.length).toBeGreaterThan(1000);
  expect(taken.length).toBeLessThan(2000);
  isSlow = false;
  relieve();
  source.end();
  await output.ended;
  expect(taken).toBe(lines.join(''));
});
