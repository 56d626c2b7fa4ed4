import { formatMemory } from '../../shared/format.ts';
import { clean } from '../clean-text.ts';
import { sayCpu } from '../figures.ts';
import { type History, NO_HISTORY, newest, sumHistories } from '../history.ts';
import { type ListRow, selectedRow, workersOf } from '../list-rows.ts';
import type { Model } from '../model.ts';
import { cpuRange, drawChart, memoryRange } from '../sparkline.ts';
import { type Line, rule, type Span, span, spread, type Tone } from '../styled-text.ts';
import { clip, clipStart, widthOf, wrap } from '../text-width.ts';
import { type Fact, factsOf } from './facts.ts';

export interface DetailFrame {
  readonly width: number;
  readonly height: number;
  readonly now: number;
}

/** The selected row in a strip below the list: a heading, one line of charts, facts in the lines left. */
export function detailStrip(model: Model, frame: DetailFrame): Line[] {
  const row = selectedRow(model);
  const { width, height, now } = frame;
  const heading = rule(titleOf(row), [], { width, focused: false });
  if (!row) return [heading];
  const history = historyOf(row, model);
  const half = Math.floor((width - 1) / 2);
  const charts = [
    ...smallChart(cpuSeries(history), half),
    span(' '),
    ...smallChart(memorySeries(history), width - half - 1),
  ];
  return [heading, charts, ...flow(factsOf(row, now), width)].slice(0, height);
}

/** The selected row in a column beside the list: a heading, charts of several lines, one fact a line. */
export function detailColumn(model: Model, frame: DetailFrame): Line[] {
  const row = selectedRow(model);
  const { width, height, now } = frame;
  const heading = rule(titleOf(row), [], { width, focused: false });
  if (!row) return [heading];
  const facts = factsOf(row, now).flatMap((fact) => factLines(fact, width));
  const history = historyOf(row, model);
  const room = Math.max(4, height - 1 - facts.length);
  const cpuHeight = Math.min(MOST_CHART_LINES, Math.max(1, Math.ceil(room / 2) - 1));
  const memoryHeight = Math.min(MOST_CHART_LINES, Math.max(1, Math.floor(room / 2) - 1));
  return [
    heading,
    ...bigChart(cpuSeries(history), { width, height: cpuHeight }),
    ...bigChart(memorySeries(history), { width, height: memoryHeight }),
    ...facts,
  ].slice(0, height);
}

const MOST_CHART_LINES = 6;

function titleOf(row: ListRow | undefined): Span[] {
  if (!row) return [span('nothing selected', 'faint')];
  const name = clean(row.app.spec.name);
  if (!row.worker) return [span(name, 'strong'), span(`  ${row.app.workers.length} workers together`, 'faint')];
  return [span(name, 'strong'), span(`  worker ${row.worker.pmId}`, 'faint')];
}

const historyOf = (row: ListRow, model: Model): History =>
  sumHistories(workersOf(row).map(({ pmId }) => model.histories.get(pmId) ?? NO_HISTORY));

/** Values with the name, wording and scale they are drawn with. */
interface Series {
  readonly name: string;
  readonly tone: Tone;
  readonly values: readonly number[];
  readonly say: (value: number) => string;
  readonly range: (values: readonly number[]) => { low: number; high: number };
}

const cpuSeries = ({ cpu }: History): Series => ({
  name: 'cpu',
  tone: 'cpu',
  values: cpu,
  say: sayCpu,
  range: cpuRange,
});

const memorySeries = ({ memory }: History): Series => ({
  name: 'mem',
  tone: 'memory',
  values: memory,
  say: formatMemory,
  range: memoryRange,
});

const SMALL_LABEL_COLUMNS = 14;

function smallChart({ name, tone, values, say, range }: Series, width: number): Line {
  const label = `${name} ${say(values.at(-1) ?? 0)}`;
  const chartWidth = Math.max(0, width - SMALL_LABEL_COLUMNS);
  const shown = newest(values, chartWidth);
  const [chart = ''] = drawChart(shown, { width: chartWidth, height: 1, ...range(shown) });
  return [span(clip(label, SMALL_LABEL_COLUMNS - 1).padEnd(SMALL_LABEL_COLUMNS), 'plain'), span(chart, tone)];
}

function bigChart(
  { name, tone, values, say, range }: Series,
  { width, height }: { width: number; height: number },
): Line[] {
  const shown = newest(values, width);
  const most = say(Math.max(0, ...shown));
  const head = spread(
    [span(`${name} `, 'faint'), span(say(values.at(-1) ?? 0), 'strong')],
    [span(`most ${most} in ${shown.length} s`, 'faint')],
    { width, gap: span(' ') },
  );
  return [head, ...drawChart(shown, { width, height, ...range(shown) }).map((line) => [span(line, tone)])];
}

const FACT_LABEL_COLUMNS = 10;

const MOST_FACT_LINES = 3;

function factLines({ label, value, tone, keep }: Fact, width: number): Line[] {
  const room = Math.max(2, width - FACT_LABEL_COLUMNS);
  const pieces = keep === 'end' ? [clipStart(value, room)] : wrap(value, room).slice(0, MOST_FACT_LINES);
  return pieces.map((piece, index) => [
    span((index === 0 ? label : '').padEnd(FACT_LABEL_COLUMNS), 'faint'),
    span(piece, tone),
  ]);
}

/** Facts one after the other, as many a line as fit. */
function flow(facts: readonly Fact[], width: number): Line[] {
  const lines: Span[][] = [];
  let room = 0;
  for (const { label, value, tone, keep } of facts) {
    const most = Math.min(width - label.length - 1, MOST_FACT_COLUMNS);
    const shown = keep === 'end' ? clipStart(value, most) : clip(value, most);
    const needed = label.length + 1 + widthOf(shown);
    const fresh = needed + FACT_GAP.length > room;
    if (fresh) lines.push([]);
    room = (fresh ? width : room - FACT_GAP.length) - needed;
    lines.at(-1)?.push(...(fresh ? [] : [span(FACT_GAP)]), span(`${label} `, 'faint'), span(shown, tone));
  }
  return lines;
}

const FACT_GAP = '   ';
const MOST_FACT_COLUMNS = 44;
