import { sum } from '../measure/statistics.ts';
import { type Measurement, show } from '../row.ts';
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

/** A shorter one for the front page: all reloads under load in one line, then every other row. */
export function shortTable(results: Results): string {
  const reloads = results.rows.filter(({ id }) => id.startsWith('reload-')).flatMap(({ measurements }) => measurements);
  const others = results.rows.filter(({ id }) => !id.startsWith('reload-'));
  const head = '| | pm | PM2 7 | bare Node |\n|---|---|---|---|';
  return [head, ...(reloads.length > 0 ? [failuresOf(reloads)] : []), ...others.flatMap(shortLines)].join('\n');
}

function shortLines({ title, measurements }: RowResult): string[] {
  return measurements.map(({ what, pm, pm2, bare }) => `| ${title}: ${what} | ${pm} | ${pm2} | ${bare ?? ''} |`);
}

function failuresOf(reloads: readonly Measurement[]): string {
  const cells = reloads.filter(({ what }) => what.includes('failed requests'));
  const what = `Reloads under load, ${cells.length} kinds of app and client: failed requests`;
  return `| ${what} | ${addUp(cells.map(({ pm }) => pm))} | ${addUp(cells.map(({ pm2 }) => pm2))} | |`;
}

/** `1 of 10` and `2 of 1,000` make `3 of 1,010`. */
function addUp(counts: readonly string[]): string {
  const parsed = counts.map((count) => /^([\d,]+) of ([\d,]+)/.exec(count));
  const total = (group: number) => sum(parsed.map((match) => Number((match?.[group] ?? '0').replaceAll(',', ''))));
  return `${show(total(1))} of ${show(total(2))}`;
}
