import type { Measurement } from '../row.ts';
import type { Results, RowResult } from './results.ts';

/** The whole table, for docs/bench.md. */
export function fullTable(results: Results): string {
  const head = '| work | pm | PM2 | bare Node | ratio | bar | |\n|---|---|---|---|---|---|---|';
  const lines = results.rows.flatMap((row) => [`| **${row.title}** | | | | | | |`, ...row.measurements.map(line)]);
  return `${conditions(results)}\n\n${head}\n${lines.join('\n')}`;
}

const line = ({ what, pm, pm2, bare, ratio, bar, pass }: Measurement): string =>
  `| ${[what, pm, pm2, bare ?? '', ratio?.toFixed(2) ?? '', bar, verdict(pass)].join(' | ')} |`;

const verdict = (pass: boolean | null): string => (pass === null ? '' : pass ? 'met' : '**missed**');

/** What a reader needs in order to judge the figures, or to get them again. */
export function conditions({ at, quick, machine, node, pm2 }: Results): string {
  const length = quick ? 'a quick run' : 'a full run';
  return `Measured on ${at.slice(0, 10)} in ${length} on ${machine.cores} cores (${machine.cpu}, Linux ${machine.kernel}), Node ${node.slice(1)}, PM2 ${pm2}.`;
}

/** A line per row that fits on the front page: the worst ratio, or the figures of its first measurement. */
export function shortTable(results: Results): string {
  const head = '| | pm | PM2 7 |\n|---|---|---|';
  return `${head}\n${results.rows.flatMap(shortLines).join('\n')}`;
}

function shortLines(row: RowResult): string[] {
  if (row.id === 'reload') return row.measurements.length > 0 ? [sumOfFailures(row)] : [];
  return row.measurements.map(({ what, pm, pm2 }) => `| ${row.title}: ${what} | ${pm} | ${pm2} |`);
}

/** All cells of the reload row in one line: failed requests of all requests. */
function sumOfFailures(row: RowResult): string {
  const cells = row.measurements.filter(({ what }) => what.includes('failed requests'));
  const total = (pick: (cell: Measurement) => string) => {
    const counts = cells.map((cell) => /^([\d,]+) of ([\d,]+)/.exec(pick(cell)));
    const add = (group: number) =>
      counts.reduce((all, match) => all + Number(match?.[group]?.replaceAll(',', '') ?? 0), 0);
    return `${add(1).toLocaleString('en-US')} of ${add(2).toLocaleString('en-US')}`;
  };
  return `| ${row.title}, ${cells.length} kinds of app and client: failed requests | ${total((cell) => cell.pm)} | ${total((cell) => cell.pm2)} |`;
}
