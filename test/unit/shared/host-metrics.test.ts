import { expect, test } from 'vitest';
import { hostLine } from '../../../src/cli/output/host-line.ts';
import { drawTree } from '../../../src/cli/output/tree.ts';
import { hostMetrics } from '../../../src/shared/host-metrics.ts';
import {
  type HostReading,
  parseDisks,
  parseMemory,
  parseMounts,
  parseNetworks,
  readHost,
} from '../../../src/shared/host-reading.ts';
import { hostUsage } from '../../../src/shared/host-usage.ts';

const MB = 1024 ** 2;

const netDev = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
  eth0:1048576      10    1    2    0     0          0         0  2097152      20    3    4    0     0       0          0
`;

test('the files of /proc are read by their columns', () => {
  expect(parseNetworks(netDev)).toEqual([
    {
      name: 'eth0',
      receivedBytes: MB,
      receiveErrors: 1,
      receiveDrops: 2,
      sentBytes: 2 * MB,
      sendErrors: 3,
      sendDrops: 4,
    },
  ]);
  expect(parseMemory('MemTotal:       2048 kB\nMemFree: 1 kB\nMemAvailable:   512 kB\n')).toEqual({
    totalBytes: 2 * MB,
    availableBytes: MB / 2,
  });
  expect(parseMemory('')).toBeUndefined();
  const disks =
    '   8  0 sda 9 0 20 1 8 0 40 1 0 1 2\n   8  1 sda1 9 0 20 1 8 0 40 1 0 1 2\n 253 0 dm-0 9 0 20 1 8 0 40 1 0 1 2\n';
  expect(parseDisks(disks)).toEqual({ readBytes: 20 * 512, writtenBytes: 40 * 512 });
  expect(
    parseMounts('overlay / overlay rw\n/dev/sda1 /a\\040b ext4 rw\n/dev/sda1 /c ext4 rw\nproc /proc proc rw\n'),
  ).toEqual(['/', '/a b']);
});

test('metrics are rates of the time between two readings', async () => {
  const [network] = parseNetworks(netDev);
  if (!network) throw new Error('no network');
  const before: HostReading = {
    atMs: 1_000,
    cpu: { busy: 100, total: 1_000 },
    memory: { totalBytes: 4 * MB, availableBytes: MB },
    temperature: null,
    networks: [network],
    disk: { readBytes: 0, writtenBytes: 0 },
    fileSystems: [{ mount: '/', sizeBytes: 1024 ** 3, usedPercent: 12.345 }],
  };
  const after: HostReading = {
    ...before,
    atMs: 1_500,
    cpu: { busy: 150, total: 1_100 },
    networks: [{ ...network, receivedBytes: 2 * MB, receiveErrors: 2 }],
    disk: { readBytes: MB, writtenBytes: 0 },
  };
  const values = Object.entries(hostMetrics(before, after)).map(([name, { value, unit }]) => [name, value, unit]);
  expect(values).toEqual([
    ['CPU Usage', 50, '%'],
    ['CPU Temperature', -1, '°C'],
    ['RAM Usage', 75, '%'],
    ['RAM Total', 4 * MB, 'b'],
    ['RAM Available', MB, 'b'],
    ['RAM Active', 3 * MB, 'b'],
    ['net:rx_5:eth0', 2, 'mb/s'],
    ['net:tx_5:eth0', 0, 'mb/s'],
    ['net:rx_errors_60:eth0', 120, '/min'],
    ['net:tx_errors_60:eth0', 0, '/min'],
    ['net:rx_dropped_60:eth0', 0, '/min'],
    ['net:tx_dropped_60:eth0', 0, '/min'],
    ['Disk Reads', 2, 'mb/s'],
    ['Disk Writes', 0, 'mb/s'],
    ['fs:use:/', 12.35, '%'],
    ['fs:size:/', 1, 'gb'],
  ]);
});

test('this machine can be read', async () => {
  const { memory, cpu } = await readHost();
  expect(memory.totalBytes).toBeGreaterThan(memory.availableBytes);
  expect(cpu.total).toBeGreaterThan(cpu.busy);
});

test('a tree shows what belongs to what', () => {
  expect(drawTree({ a: { x: 1, y: true }, b: { z: 'z' } })).toBe('├─ a\n│  ├─ x: 1\n│  └─ y: true\n└─ b\n   └─ z: z');
});

test('the line below the list has what moves: networks without the loopback, and the disk', () => {
  const [network] = parseNetworks(netDev);
  if (!network) throw new Error('no network');
  const before = {
    atMs: 0,
    cpu: { busy: 0, total: 1_000 },
    memory: { totalBytes: 4 * MB, availableBytes: MB },
    networks: [network, { ...network, name: 'lo' }, { ...network, name: 'idle' }],
    disk: { readBytes: 0, writtenBytes: 0 },
  };
  const after = {
    ...before,
    atMs: 2_000,
    cpu: { busy: 125, total: 2_000 },
    networks: before.networks.map((one) => (one.name === 'idle' ? one : { ...one, receivedBytes: 3 * MB })),
    disk: { readBytes: 0, writtenBytes: 10 * MB },
  };
  expect(hostLine(hostUsage(before, after))).toBe(
    'host metrics | cpu: 12.5% | ram usage: 75% | eth0: ⇓ 1mb/s ⇑ 0b/s | disk: ⇓ 0b/s ⇑ 5mb/s',
  );
});
