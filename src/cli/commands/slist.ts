import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { readHost } from '../../shared/host-reading.ts';
import { defineCommand } from '../command.ts';
import { hostMetrics } from '../host/host-metrics.ts';
import { drawTree } from '../output/tree.ts';

const SAMPLE_MS = 500; // rates are those of this time: long enough for several ticks (10 ms) of each CPU

export default defineCommand({
  summary: 'Measure the machine for half a second: CPU, memory, networks, disks',
  options: [{ flags: '-t, --tree', help: 'Draw a tree instead of a JavaScript object.' }],
  example: ['pm slist --tree', 'shows each metric with its unit'],
  run: async ({ options }, { out }) => {
    const before = await readHost();
    await wait(SAMPLE_MS);
    const metrics = hostMetrics(before, await readHost());
    out.data(options.tree ? `${drawTree(metrics)}\n` : `${inspect(metrics, { depth: null })}\n`);
    return 0;
  },
});
