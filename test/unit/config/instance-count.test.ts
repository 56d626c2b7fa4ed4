import { expect, test } from 'vitest';
import { layOut } from '../../../src/config/instance-count.ts';

const CPUS = 4;

test.each<[given: number | undefined, mode: 'cluster' | 'fork' | undefined, node: boolean, layout: [string, number]]>([
  [undefined, undefined, true, ['fork', 1]],
  [1, undefined, true, ['cluster', 1]],
  [3, undefined, true, ['cluster', 3]],
  [0, undefined, true, ['cluster', CPUS]],
  [-1, undefined, true, ['cluster', CPUS - 1]],
  [-2, undefined, true, ['cluster', CPUS - 2]],
  [-9, undefined, true, ['cluster', 1]],
  [2, undefined, false, ['fork', 2]],
  [0, undefined, false, ['fork', CPUS]],
  [2, 'fork', true, ['fork', 2]],
  [undefined, 'cluster', true, ['cluster', 1]],
])('instances %s, mode %s, node %s: %j', (given, execMode, isNode, [mode, count]) => {
  const layout = layOut({ instances: given, execMode, isNode, cpus: () => CPUS });
  expect(layout).toEqual({ execMode: mode, instances: count, instancesGiven: given !== undefined });
});
