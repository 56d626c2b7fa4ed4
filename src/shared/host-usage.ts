import type { HostCounters, NetworkCounters } from './host-reading.ts';

/** What the machine did between two readings. */
export interface HostUsage {
  /** Of all CPUs together. */
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  /** Networks that carried anything, without the loopback. */
  readonly networks: readonly { readonly name: string; readonly inBytesPerS: number; readonly outBytesPerS: number }[];
  readonly disk: { readonly inBytesPerS: number; readonly outBytesPerS: number };
}

export function hostUsage(before: HostCounters, after: HostCounters): HostUsage {
  const seconds = Math.max(after.atMs - before.atMs, 1) / 1000;
  const rate = (from: number, to: number) => Math.max(to - from, 0) / seconds;
  const { totalBytes, availableBytes } = after.memory;
  const cpuTotal = after.cpu.total - before.cpu.total;
  const rates = (network: NetworkCounters) => {
    const { receivedBytes, sentBytes } = before.networks.find(({ name }) => name === network.name) ?? network;
    const inBytesPerS = rate(receivedBytes, network.receivedBytes);
    return { name: network.name, inBytesPerS, outBytesPerS: rate(sentBytes, network.sentBytes) };
  };
  return {
    cpuPercent: cpuTotal > 0 ? ((after.cpu.busy - before.cpu.busy) / cpuTotal) * 100 : 0,
    memoryPercent: ((totalBytes - availableBytes) / totalBytes) * 100,
    networks: after.networks
      .filter(({ name }) => name !== 'lo')
      .map(rates)
      .filter(({ inBytesPerS, outBytesPerS }) => inBytesPerS + outBytesPerS > 0),
    disk: {
      inBytesPerS: rate(before.disk.readBytes, after.disk.readBytes),
      outBytesPerS: rate(before.disk.writtenBytes, after.disk.writtenBytes),
    },
  };
}
