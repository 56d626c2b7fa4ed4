import { sayDuration } from '../shared/duration.ts';
import { formatCount, plural } from '../shared/format.ts';
import type { ReloadReceipt } from './messages.ts';

/**
 * The receipt of a reload in one line: `generation 7 -> 8: 4 workers, 41,203 requests served, 0 failed, slowest drain 2.1 s`. Requests
 * are counted where the port is ours: not in fork mode.
 */
export function receiptLine(receipt: ReloadReceipt): string {
  const workers = plural(receipt.workers, 'worker');
  const killed = receipt.killed > 0 ? [`${formatCount(receipt.killed)} killed after kill_timeout`] : [];
  const took = sayDuration(receipt.tookMs);
  if (receipt.kind === 'start') return `nothing ran: ${workers} started in ${took}`;
  if (receipt.kind === 'restart')
    return `restarted one after the other: ${[`${workers} in ${took}`, ...killed].join(', ')}`;
  const facts = [
    workers,
    `${plural(receipt.served, 'request')} served`,
    `${formatCount(receipt.failed)} failed`,
    `slowest drain ${sayDuration(receipt.slowestDrainMs)}`,
    ...killed,
  ];
  return `generation ${receipt.fromGeneration} -> ${receipt.toGeneration}: ${facts.join(', ')}`;
}
