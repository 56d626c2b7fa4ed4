import { formatMemory } from '../../shared/format.ts';
import type { HostUsage } from '../../shared/host-usage.ts';

interface Rates {
  readonly inBytesPerS: number;
  readonly outBytesPerS: number;
}

/** PM2's line below the list: what the machine does. */
export function hostLine({ cpuPercent, memoryPercent, networks, disk }: HostUsage): string {
  return [
    'host metrics',
    `cpu: ${percent(cpuPercent)}`,
    `ram usage: ${percent(memoryPercent)}`,
    ...networks.map((network) => `${network.name}: ${rates(network)}`),
    `disk: ${rates(disk)}`,
  ].join(' | ');
}

const percent = (value: number): string => `${Number(value.toFixed(1))}%`;

const rates = ({ inBytesPerS, outBytesPerS }: Rates): string =>
  `⇓ ${formatMemory(inBytesPerS)}/s ⇑ ${formatMemory(outBytesPerS)}/s`;
