import type { AppReport, ReloadReceipt } from '../../protocol/messages.ts';
import { receiptLine } from '../../protocol/receipt-line.ts';
import { sayDuration } from '../../shared/duration.ts';
import type { Problem } from '../../shared/problems.ts';
import type { Output } from './output.ts';

/** What the daemon answers to commands that act on workers. */
export interface Results {
  readonly reports: readonly (AppReport | ReloadReceipt)[];
  readonly problems: readonly Problem[];
}

/** Says what is about to be done, in PM2's words. */
export function announce(
  out: Output,
  action: string,
  { typed, pmIds }: { typed: string; pmIds: readonly number[] },
): void {
  if (pmIds.length > 0) out.note(`Applying action ${action} on app [${typed}](ids: [ ${pmIds.join(', ')} ])`);
}

/** Prints what became of each worker, then what failed. Gives the exit code. */
export function printResults(out: Output, results: Results): number {
  for (const report of results.reports) {
    if ('kind' in report) printReceipt(out, report);
    else printDone(out, report);
  }
  return printFailures(out, results);
}

/** Prints each problem once: the workers of an app tend to fail for one reason. Gives the exit code. */
export function printFailures(out: Output, { reports, problems }: Results): number {
  const ofWorkers = reports.flatMap((report) => ('kind' in report ? [] : problemsOf(report)));
  const failures = new Map(
    [...problems, ...ofWorkers].map((problem) => [`${problem.code} ${problem.message}`, problem]),
  );
  for (const problem of failures.values()) out.problem(problem);
  return failures.size > 0 ? 1 : 0;
}

const problemsOf = ({ workers }: AppReport): Problem[] =>
  workers.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.problem]));

/** Prints the ids of a reload, then its receipt. */
export function printReceipt(out: Output, receipt: ReloadReceipt): void {
  for (const pmId of receipt.pmIds) out.note(`[${receipt.name}](${pmId}) ✓`);
  out.note(`[${receipt.name}] ${receiptLine(receipt)}`);
}

/** Prints the workers that did as they were told. */
export function printDone(out: Output, { name, workers }: AppReport): void {
  for (const { pmId, outcome, stop } of workers) {
    const force = stop?.how === 'killed' ? ` killed after ${sayDuration(stop.tookMs)}` : '';
    if (outcome.ok) out.note(`[${name}](${pmId}) ✓${force}`);
  }
}
