import type { AppReport, StopReport } from '../protocol/messages.ts';
import { receiptLine } from '../protocol/receipt-line.ts';
import { sayDuration } from '../shared/duration.ts';
import { plural } from '../shared/format.ts';
import type { Problem } from '../shared/problems.ts';
import type { Action } from './action.ts';
import type { Message } from './model.ts';
import type { ActionResult } from './source.ts';
import { tellingLines } from './telling-lines.ts';

/** What became of an action, in words: failures with their evidence and hint, else what was done. */
export function sayResult(action: Action, { reports, receipts, problems }: ActionResult): Message {
  const failures = distinct([...problems, ...reports.flatMap(problemsOf)]);
  const done = [
    ...receipts.map((receipt) => `"${receipt.name}" ${receiptLine(receipt)}`),
    ...reports.filter((report) => problemsOf(report).length === 0).map((report) => sayReport(action, report)),
  ];
  if (failures.length > 0) return { tone: 'bad', lines: [...failures.flatMap(sayProblem), ...done] };
  return done.length > 0 ? { tone: 'good', lines: done } : { tone: 'bad', lines: ['Nothing was done.'] };
}

const problemsOf = ({ workers }: AppReport): Problem[] =>
  workers.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.problem]));

/** The workers of an app tend to fail for one reason. */
const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [`${problem.code} ${problem.message}`, problem])).values(),
];

const sayProblem = ({ message, evidence = [], hint }: Problem): string[] => [
  message,
  ...(hint ? [hint] : []),
  ...tellingLines(evidence, MOST_EVIDENCE).map((line) => `  ${line}`),
];

const MOST_EVIDENCE = 4;

function sayReport(action: Action, { name, workers }: AppReport): string {
  const stops = workers.flatMap(({ stop }) => (stop ? [stop] : []));
  return `"${name}" ${sayDone(action)}: ${plural(workers.length, 'worker')}${sayStops(stops)}.`;
}

function sayDone(action: Action): string {
  switch (action.kind) {
    case 'stop':
      return 'stopped';
    case 'restart':
      return 'restarted';
    case 'reload':
      return 'reloaded';
    case 'scale':
      return action.by > 0 ? 'scaled up' : 'scaled down';
  }
}

function sayStops(stops: readonly StopReport[]): string {
  if (stops.length === 0) return '';
  const killed = stops.filter(({ how }) => how === 'killed').length;
  const slowest = sayDuration(Math.max(...stops.map(({ tookMs }) => tookMs)));
  return `, slowest stop ${slowest}${killed > 0 ? `, ${killed} killed after kill_timeout` : ''}`;
}
