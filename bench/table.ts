// npm run bench:table [-- results.json]: puts the figures of a run into the documents, between their markers.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { conditions, fullTable, shortTable } from './report/markdown.ts';
import { readResults } from './report/results.ts';

const START = '<!-- bench:start -->';
const END = '<!-- bench:end -->';

const results = readResults(process.argv[2]);
replaceBetweenMarkers('../docs/bench.md', fullTable(results));
replaceBetweenMarkers('../README.md', `${shortTable(results)}\n\n${conditions(results)}`);

function replaceBetweenMarkers(path: string, table: string): void {
  const file = fileURLToPath(new URL(path, import.meta.url));
  const text = readFileSync(file, 'utf8');
  const from = text.indexOf(START);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${path} has no "${START}" ... "${END}" for the table to go between.`);
  writeFileSync(file, `${text.slice(0, from)}${START}\n${table}\n${text.slice(to)}`);
}
