import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

/** Says in `round` when it boots (b) and when it is ready (r), which it is once as many as `want` says have booted together. */
const APP = `
  const { appendFileSync, readFileSync } = require('node:fs');
  const round = () => readFileSync('round', 'utf8');
  const peakOf = ${peakOf};
  appendFileSync('round', 'b');
  const isFirst = round() === 'b';
  const { together, canary } = JSON.parse(readFileSync('want', 'utf8'));
  const timer = setInterval(() => {
    if (peakOf(round()) < together && !(isFirst && canary)) return;
    clearInterval(timer);
    appendFileSync('round', 'r');
    process.send('ready');
  }, 5);
  setInterval(() => {}, 1e6);
`;

function peakOf(round: string): number {
  let booting = 0;
  return Math.max(0, ...[...round].map((mark) => (booting += mark === 'b' ? 1 : -1)));
}

test('--parallel bounds how many workers boot at a time, on restart and reload, by name and by file', async () => {
  await using rig = await Rig.create();
  const round = join(rig.work, 'round');
  await rig.write('app.js', APP);
  await rig.write(
    'ecosystem.json',
    '{"apps":[{"name":"app","script":"app.js","instances":4,"wait_ready":true,"min_uptime":50}]}',
  );
  const mostIn = async (together: number, canary: boolean, ...command: string[]): Promise<number> => {
    rmSync(round, { force: true });
    await rig.write('want', JSON.stringify({ together, canary }));
    await rig.ok(...command);
    return peakOf(rig.read(round));
  };
  expect(await mostIn(4, false, 'start', 'ecosystem.json')).toBe(4);
  expect(await mostIn(2, false, 'restart', 'app', '--parallel', '2')).toBe(2);
  expect(await mostIn(1, false, 'restart', 'ecosystem.json', '--parallel', '1')).toBe(1);
  expect(await mostIn(3, true, 'reload', 'app', '--parallel', '3')).toBe(3); // the first proves itself alone
  expect(await mostIn(1, false, 'reload', 'ecosystem.json')).toBe(1);
  const refused = await rig.pm('reload', 'app', '--parallel', '0');
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('got "0"') });
});
