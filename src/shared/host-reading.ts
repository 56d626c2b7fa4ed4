import { readdir, readFile, statfs } from 'node:fs/promises';
import { cpus, freemem, totalmem } from 'node:os';

/** What the machine has counted up to one moment. */
export interface HostCounters {
  readonly atMs: number;
  /** Time of all CPUs together, in one unit. */
  readonly cpu: { readonly busy: number; readonly total: number };
  readonly memory: { readonly totalBytes: number; readonly availableBytes: number };
  readonly networks: readonly NetworkCounters[];
  readonly disk: { readonly readBytes: number; readonly writtenBytes: number };
}

/** All that is known of the machine at one moment. */
export interface HostReading extends HostCounters {
  /** Degrees Celsius; null: no sensor. */
  readonly temperature: number | null;
  readonly fileSystems: readonly FileSystem[];
}

/** Counted since the interface came up. */
export interface NetworkCounters {
  readonly name: string;
  readonly receivedBytes: number;
  readonly receiveErrors: number;
  readonly receiveDrops: number;
  readonly sentBytes: number;
  readonly sendErrors: number;
  readonly sendDrops: number;
}

export interface FileSystem {
  readonly mount: string;
  readonly sizeBytes: number;
  readonly usedPercent: number;
}

const SECTOR_BYTES = 512; // of /proc/diskstats, whatever the disk's own are (kernel: Documentation/admin-guide/iostats.rst)

/** Reads what there is: without /proc, CPU and memory alone. */
export async function readHost(): Promise<HostReading> {
  const [counters, mounts, temperature] = await Promise.all([
    readHostCounters(),
    textOf('/proc/self/mounts'),
    readTemperature(),
  ]);
  return { ...counters, temperature, fileSystems: await measureFileSystems(parseMounts(mounts)) };
}

/** The part of it that costs little. */
export async function readHostCounters(): Promise<HostCounters> {
  const [memory, networks, disks] = await Promise.all(
    ['/proc/meminfo', '/proc/net/dev', '/proc/diskstats'].map(textOf),
  );
  return {
    atMs: performance.now(),
    cpu: cpuTime(),
    memory: parseMemory(memory ?? '') ?? { totalBytes: totalmem(), availableBytes: freemem() },
    networks: parseNetworks(networks ?? ''),
    disk: parseDisks(disks ?? ''),
  };
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

function cpuTime(): HostCounters['cpu'] {
  const times = cpus().map((cpu) => cpu.times);
  const total = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { total, busy: total - times.reduce((sum, { idle }) => sum + idle, 0) };
}

/** Of /proc/meminfo; undefined when the text is none. */
export function parseMemory(text: string): HostCounters['memory'] | undefined {
  const bytes = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(text)?.[1]) * 1024;
  const memory = { totalBytes: bytes('MemTotal'), availableBytes: bytes('MemAvailable') };
  return Number.isNaN(memory.totalBytes + memory.availableBytes) ? undefined : memory;
}

/** Of /proc/net/dev: interfaces that carried anything. */
export function parseNetworks(text: string): NetworkCounters[] {
  return text
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => {
      const [name = '', counters = ''] = line.split(/:(.*)/);
      const [received = 0, , inErrors = 0, inDrops = 0, , , , , sent = 0, , outErrors = 0, outDrops = 0] = counters
        .trim()
        .split(/\s+/)
        .map(Number);
      return {
        name: name.trim(),
        receivedBytes: received,
        receiveErrors: inErrors,
        receiveDrops: inDrops,
        sentBytes: sent,
        sendErrors: outErrors,
        sendDrops: outDrops,
      };
    })
    .filter(({ receivedBytes, sentBytes }) => receivedBytes + sentBytes > 0);
}

/** Of /proc/diskstats: whole disks. Their partitions, and devices made of others, would count the same bytes again. */
export function parseDisks(text: string): HostCounters['disk'] {
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  const whole = rows.filter(([, , name = '']) => /^([shv]d[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/.test(name));
  const sum = (column: number) => whole.reduce((bytes, row) => bytes + Number(row[column]) * SECTOR_BYTES, 0);
  return { readBytes: sum(5), writtenBytes: sum(9) };
}

/** Of /proc/mounts: where devices are mounted, each once. */
export function parseMounts(text: string): string[] {
  const mounts = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [device = '', mount = ''] = line.split(' ');
    const isDisk = (device.startsWith('/dev/') && !device.startsWith('/dev/loop')) || mount === '/';
    if (isDisk && !mounts.has(device)) mounts.set(device, mount.replaceAll('\\040', ' '));
  }
  return [...mounts.values()];
}

async function measureFileSystems(mounts: readonly string[]): Promise<FileSystem[]> {
  const measured = mounts.map(async (mount) => {
    const { bsize, blocks, bfree, bavail } = await statfs(mount);
    const used = blocks - bfree;
    return { mount, sizeBytes: blocks * bsize, usedPercent: (used / (used + bavail)) * 100 };
  });
  const found = await Promise.allSettled(measured);
  return found.flatMap((one) => (one.status === 'fulfilled' && one.value.sizeBytes > 0 ? [one.value] : []));
}

async function readTemperature(): Promise<number | null> {
  const folder = '/sys/class/thermal';
  const names = await readdir(folder).catch(() => []);
  const zones = names.filter((name) => name.startsWith('thermal_zone')).map((name) => `${folder}/${name}/temp`);
  const found = (await Promise.all(zones.map(textOf))).map(Number).filter((milli) => milli > 0);
  return found.length > 0 ? Math.max(...found) / 1000 : null;
}
