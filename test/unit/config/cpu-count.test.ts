import { expect, test } from 'vitest';
import { usableCpus } from '../../../src/config/cpu-count.ts';

type Files = Readonly<Record<string, string>>;

const V2 = { '/proc/self/cgroup': '0::/\n' };
const V1 = { '/proc/self/cgroup': '12:cpuset:/docker/1a\n4:cpu,cpuacct:/docker/1a\n1:name=systemd:/docker/1a\n' };
const quotaV1 = (folder: string, quota: string): Files => ({
  [`/sys/fs/cgroup/${folder}/cpu.cfs_quota_us`]: `${quota}\n`,
  [`/sys/fs/cgroup/${folder}/cpu.cfs_period_us`]: '100000\n',
});

test.each<[string, Files, number]>([
  ['no control groups (macOS)', {}, 8],
  ['version 2 without a limit', { ...V2, '/sys/fs/cgroup/cpu.max': 'max 100000\n' }, 8],
  ['a container of 2 CPUs', { ...V2, '/sys/fs/cgroup/cpu.max': '200000 100000\n' }, 2],
  ['1.5 CPUs are 1', { ...V2, '/sys/fs/cgroup/cpu.max': '150000 100000\n' }, 1],
  ['half a CPU is 1', { ...V2, '/sys/fs/cgroup/cpu.max': '50000 100000\n' }, 1],
  ['a limit above the machine', { ...V2, '/sys/fs/cgroup/cpu.max': '6400000 100000\n' }, 8],
  ['another period', { ...V2, '/sys/fs/cgroup/cpu.max': '30000 10000\n' }, 3],
  [
    'the tightest group upward counts',
    {
      '/proc/self/cgroup': '0::/system.slice/app.service\n',
      '/sys/fs/cgroup/system.slice/app.service/cpu.max': '500000 100000\n',
      '/sys/fs/cgroup/system.slice/cpu.max': '300000 100000\n',
    },
    3,
  ],
  [
    "the host's path inside a container",
    { '/proc/self/cgroup': '0::/docker/1a\n', '/sys/fs/cgroup/cpu.max': '200000 100000\n' },
    2,
  ],
  ['cpuset', { ...V2, '/sys/fs/cgroup/cpuset.cpus.effective': '0-2,7\n' }, 4],
  ['version 1 without a limit', { ...V1, ...quotaV1('cpu/docker/1a', '-1') }, 8],
  ['version 1', { ...V1, ...quotaV1('cpu/docker/1a', '300000') }, 3],
  ['version 1, mounted under both names', { ...V1, ...quotaV1('cpu,cpuacct', '200000') }, 2],
  ['version 1 cpuset', { ...V1, '/sys/fs/cgroup/cpuset/docker/1a/cpuset.effective_cpus': '3\n' }, 1],
  [
    'garbage',
    {
      '/proc/self/cgroup': 'what\n::\n0::/\n',
      '/sys/fs/cgroup/cpu.max': 'a b\n',
      '/sys/fs/cgroup/cpuset.cpus.effective': '-,x\n',
    },
    8,
  ],
])('%s', (_, files, expected) => {
  expect(usableCpus({ parallelism: 8, read: (path) => files[path] })).toBe(expected);
});

test('this machine', () => {
  expect(usableCpus()).toBeGreaterThanOrEqual(1);
});
