// npm run bench -- [--quick] [--managers pm,PM2] [row ...]
import { parseArgs } from 'node:util';
import { endAllWhenInterrupted } from './managers/interruption.ts';
import { createPm } from './managers/pm.ts';
import { createPm2, installPm2 } from './managers/pm2.ts';
import { describeRun, type RowResult, saveResults } from './report/results.ts';
import { terminalLines } from './report/terminal.ts';
import type { ManagerName, Measurement, Row, RowContext } from './row.ts';
import { rows } from './rows/index.ts';

const usage = `Usage: npm run bench -- [--quick] [--managers pm,PM2] [row ...]

Runs the same work under pm, PM2 and bare Node, side by side, and holds the figures against their bars.
Without rows, all of them:
${rows.map(({ id, title }) => `  ${id.padEnd(18)}${title}`).join('\n')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    managers: { type: 'string', default: 'pm,PM2' },
    help: { type: 'boolean', default: false },
  },
});

const chosen = positionals.length > 0 ? rows.filter(({ id }) => positionals.includes(id)) : rows;
const unknown = positionals.filter((id) => !rows.some((row) => row.id === id));

if (values.help || unknown.length > 0) {
  console.error(unknown.length > 0 ? `There is no row called "${unknown[0]}".\n\n${usage}` : usage);
  process.exit(values.help ? 0 : 1);
}

const managers = (['pm', 'PM2'] as const).filter((name) => values.managers.split(',').includes(name));
if (managers.includes('PM2')) installPm2();

const context: RowContext = {
  quick: values.quick,
  managers,
  create: (name: ManagerName) => (name === 'pm' ? createPm() : createPm2()),
};

endAllWhenInterrupted();
void runAll();

async function runAll(): Promise<void> {
  const results: RowResult[] = [];
  for (const row of chosen) {
    results.push(await measure(row));
    saveResults(describeRun(values.quick, results)); // after each row: a long run that is cut short keeps what it has
  }
  const all = results.flatMap(({ measurements }) => measurements);
  const met = all.filter(({ pass }) => pass === true).length;
  const missed = all.filter(({ pass }) => pass === false).length;
  const failed = results.filter(({ error }) => error !== undefined).length;
  console.log(`\n${met} bars met, ${missed} missed, ${failed} rows not measured.`);
  console.log('Everything measured is in bench/results/latest.json.');
  process.exitCode = missed + failed > 0 ? 1 : 0;
}

async function measure(row: Row): Promise<RowResult> {
  const measurements: Measurement[] = [];
  console.log(`\n${row.title}`);
  try {
    for await (const measurement of row.run(context)) {
      measurements.push(measurement);
      console.log(terminalLines(measurement));
    }
    return { id: row.id, title: row.title, measurements };
  } catch (error) {
    console.log(`  not measured: ${error instanceof Error ? error.message : error}`);
    return { id: row.id, title: row.title, measurements, error: String(error) };
  }
}
