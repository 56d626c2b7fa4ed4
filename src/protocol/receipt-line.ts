import { sayDuration } from '../shared/duration.ts';
import { formatCount, plural } from '../shared/format.ts';
import type { ReloadReceipt } from './messages.ts';

/** The receipt of a reload in one line: `generation 7 -> 8: 4 workers, 41,203 requests served, 0 failed, slowest drain 2.1 s`. */
export function receiptLine(receipt: ReloadReceipt): string {
  const workers = plural(receipt.workers, 'worker');
  if (receipt.kind === 'start') return `nothing ran: ${workers} started in ${sayDuration(receipt.tookMs)}`;
  const facts = [
    workers,
    `${plural(receipt.served, 'request')} served`,
    `${formatCount(receipt.failed)} failed`,
    `slowest drain ${sayDuration(receipt.slowestDrainMs)}`,
    ...(receipt.killed > 0 ? [`${formatCount(receipt.killed)} killed after kill_timeout`] : []),
  ];
  const what = `generation ${receipt.fromGeneration} -> ${receipt.toGeneration}`;
  return `${receipt.kind === 'restart' ? 'restarted one after the other, ' : ''}${what}: ${facts.join(', ')}`;
}
