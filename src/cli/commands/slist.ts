import { inspect } from 'node:util';
import { measureHost } from '../../shared/host-metrics.ts';
import { defineCommand } from '../command.ts';
import { drawTree } from '../output/tree.ts';

export default defineCommand({
  summary: 'Measure the machine for half a second: CPU, memory, networks, disks',
  options: [{ flags: '-t, --tree', help: 'Draw a tree instead of a JavaScript object.' }],
  example: ['pm slist --tree', 'shows each metric with its unit'],
  run: async ({ options }, { out }) => {
    const metrics = await measureHost();
    out.data(options.tree ? `${drawTree(metrics)}\n` : `${inspect(metrics, { depth: null })}\n`);
    return 0;
  },
});
