import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

/** What the count takes from the machine. `read` gives undefined for a file that is not there. */
export interface CpuSource {
  readonly parallelism: number;
  readonly read: (path: string) => string | undefined;
}

/**
 * CPUs that this process may really use, at least 1: its affinity, limited by the quota and the cpuset of its control
 * group and of every group above it. A quota of 1.5 CPUs counts as 1: a worker more would only be throttled.
 * Files: cgroups(7), Documentation/admin-guide/cgroup-v2.rst (cpu.max, cpuset.cpus.effective) and cgroup-v1 of Linux.
 */
export function usableCpus(source: CpuSource = thisMachine()): number {
  const limits = groupsOf(source.read('/proc/self/cgroup') ?? '').flatMap(({ controllers, path }) =>
    controllers.length === 0 ? v2Limits(path, source) : v1Limits(controllers, path, source),
  );
  return Math.max(1, Math.floor(Math.min(source.parallelism, ...limits)));
}

interface Group {
  /** Empty for the one group of version 2. */
  readonly controllers: readonly string[];
  readonly path: string;
}

/** Lines of /proc/self/cgroup: `4:cpu,cpuacct:/docker/1a2b`, and `0::/user.slice` for version 2. */
function groupsOf(text: string): Group[] {
  return text.split('\n').flatMap((line) => {
    const [, controllers, ...path] = line.split(':');
    return controllers === undefined
      ? []
      : [{ controllers: controllers.split(',').filter(Boolean), path: path.join(':') || '/' }];
  });
}

const v2Limits = (path: string, { read }: CpuSource): number[] =>
  // Beside version 1 the one group of version 2 is mounted at `unified`, without the cpu controller.
  foldersUp('/sys/fs/cgroup', path).flatMap((folder) => [
    ...quota(read(join(folder, 'cpu.max'))?.trim().split(' ') ?? []),
    ...cpusIn(read(join(folder, 'cpuset.cpus.effective'))),
  ]);

function v1Limits(controllers: readonly string[], path: string, { read }: CpuSource): number[] {
  const mounts = (controller: string) => [`/sys/fs/cgroup/${controller}`, `/sys/fs/cgroup/${controllers.join(',')}`];
  const folders = (controller: string) => mounts(controller).flatMap((mount) => foldersUp(mount, path));
  if (controllers.includes('cpu')) {
    return folders('cpu').flatMap((folder) =>
      quota([read(join(folder, 'cpu.cfs_quota_us')) ?? '', read(join(folder, 'cpu.cfs_period_us')) ?? '']),
    );
  }
  if (!controllers.includes('cpuset')) return [];
  return folders('cpuset').flatMap((folder) => cpusIn(read(join(folder, 'cpuset.effective_cpus'))));
}

/**
 * The folder of a group and all above it up to the mount. Inside a container the path is often the host's, which is not
 * there: the container's own group is the mount itself then.
 */
function foldersUp(mount: string, path: string): string[] {
  const folders = [join(mount, path)];
  for (let at = join('/', path); at !== '/'; at = dirname(at)) folders.push(join(mount, dirname(at)));
  return folders;
}

/** `max 100000` and `-1` are no limit. */
function quota([quotaText = '', periodText = '']: readonly string[]): number[] {
  const cpus = Number.parseInt(quotaText, 10) / Number.parseInt(periodText, 10);
  return Number.isFinite(cpus) && cpus > 0 ? [cpus] : [];
}

/** `0-3,8` are five CPUs; an empty or missing list is no limit. */
function cpusIn(list: string | undefined): number[] {
  const ranges = (list ?? '')
    .trim()
    .split(',')
    .filter(Boolean)
    .map((range) => range.split('-').map(Number));
  const cpus = ranges.reduce((sum, [first = 0, last = first]) => sum + (last - first + 1), 0);
  return cpus > 0 ? [cpus] : [];
}

const thisMachine = (): CpuSource => ({
  parallelism: availableParallelism(),
  read: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
});
