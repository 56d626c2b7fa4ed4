import { setTimeout as wait } from 'node:timers/promises';
import { type HostReading, type NetworkCounters, readHost } from './host-reading.ts';

/** One metric in the form that PM2 prints it. */
export interface HostMetric {
  readonly value: number;
  readonly type: 'metric';
  readonly unit: string;
  readonly historic: true;
}

/** Rates are those of this time: long enough for several ticks (10 ms) of each CPU. */
const SAMPLE_MS = 500;

const MB = 1024 ** 2;
const GB = 1024 ** 3;
const MINUTE_S = 60;

/** Measures the machine for half a second. */
export async function measureHost(): Promise<Record<string, HostMetric>> {
  const before = await readHost();
  await wait(SAMPLE_MS);
  return hostMetrics(before, await readHost());
}

/** What two readings say of the time between them, under the names that PM2 gives it. */
export function hostMetrics(before: HostReading, after: HostReading): Record<string, HostMetric> {
  const seconds = Math.max(after.atMs - before.atMs, 1) / 1000;
  const { totalBytes, availableBytes } = after.memory;
  const mbPerSecond = (from: number, to: number) => metric(Math.max(to - from, 0) / MB / seconds, 'mb/s', 3);
  const cpuTotal = after.cpu.total - before.cpu.total;
  return {
    'CPU Usage': metric(cpuTotal > 0 ? ((after.cpu.busy - before.cpu.busy) / cpuTotal) * 100 : 0, '%', 1),
    'CPU Temperature': metric(after.temperature ?? -1, '°C', 1),
    'RAM Usage': metric(((totalBytes - availableBytes) / totalBytes) * 100, '%', 1),
    'RAM Total': metric(totalBytes, 'b', 0),
    'RAM Available': metric(availableBytes, 'b', 0),
    'RAM Active': metric(totalBytes - availableBytes, 'b', 0),
    ...Object.assign({}, ...after.networks.map((network) => networkMetrics(network, before, seconds))),
    'Disk Reads': mbPerSecond(before.disk.readBytes, after.disk.readBytes),
    'Disk Writes': mbPerSecond(before.disk.writtenBytes, after.disk.writtenBytes),
    ...Object.fromEntries(
      after.fileSystems.flatMap(({ mount, sizeBytes, usedPercent }) => [
        [`fs:use:${mount}`, metric(usedPercent, '%', 2)],
        [`fs:size:${mount}`, metric(sizeBytes / GB, 'gb', 2)],
      ]),
    ),
  };
}

function networkMetrics(after: NetworkCounters, { networks }: HostReading, seconds: number) {
  const before = networks.find(({ name }) => name === after.name) ?? after;
  const grown = (counter: Exclude<keyof NetworkCounters, 'name'>) => Math.max(after[counter] - before[counter], 0);
  const rate = (counter: Parameters<typeof grown>[0]) => metric(grown(counter) / MB / seconds, 'mb/s', 3);
  const perMinute = (counter: Parameters<typeof grown>[0]) => metric((grown(counter) / seconds) * MINUTE_S, '/min', 0);
  return {
    [`net:rx_5:${after.name}`]: rate('receivedBytes'),
    [`net:tx_5:${after.name}`]: rate('sentBytes'),
    [`net:rx_errors_60:${after.name}`]: perMinute('receiveErrors'),
    [`net:tx_errors_60:${after.name}`]: perMinute('sendErrors'),
    [`net:rx_dropped_60:${after.name}`]: perMinute('receiveDrops'),
    [`net:tx_dropped_60:${after.name}`]: perMinute('sendDrops'),
  };
}

const metric = (value: number, unit: string, decimals: number): HostMetric => ({
  value: Number(value.toFixed(decimals)),
  type: 'metric',
  unit,
  historic: true,
});
