import { formatMemory, plural } from '../../shared/format.ts';
import { sayCpu } from '../figures.ts';
import type { Model } from '../model.ts';
import { BY_ATTENTION, shortStatus } from '../status-tone.ts';
import { clipLine, type Line, type Span, span, spread, textOf } from '../styled-text.ts';
import { widthOf } from '../text-width.ts';

/** The first line: what there is in all, and whether it is up to date. */
export function headerLine(model: Model, width: number): Line {
  const gap = span(' ', model.connection === 'lost' ? 'alert' : 'bar');
  const totals = model.connection === 'up' && width >= LEAST_WIDTH_WITH_TOTALS ? sayTotals(model) : [];
  const left = clipLine(sayState(model), width - widthOf(textOf(totals)) - 1);
  return spread(left, totals, { width, gap });
}

const LEAST_WIDTH_WITH_TOTALS = 60;

function sayState(model: Model): Line {
  switch (model.connection) {
    case 'lost':
      return [span(' daemon gone, reconnecting', 'alert'), span('   (below: what was known last)', 'alert')];
    case 'waiting':
      return [span(' pm', 'barStrong'), span('  connecting', 'bar')];
    case 'up':
      return [span(' pm', 'barStrong'), span(`  ${plural(model.apps.size, 'app')} `, 'bar'), ...sayCounts(model)];
  }
}

/** How many workers are in each status, first what needs attention. */
function sayCounts({ apps }: Model): Span[] {
  const statuses = [...apps.values()].flatMap(({ workers }) => workers.map(({ status }) => status));
  return BY_ATTENTION.flatMap((status) => {
    const count = statuses.filter((each) => each === status).length;
    if (count === 0) return [];
    return [span(`  ${count} ${shortStatus(status)}`, status === 'errored' ? 'barBad' : 'bar')];
  });
}

function sayTotals({ usage }: Model): Line {
  const all = [...usage.values()];
  const cpu = all.reduce((sum, { cpuPercent }) => sum + cpuPercent, 0);
  const memory = all.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  return [
    span('cpu ', 'bar'),
    span(sayCpu(cpu), 'barStrong'),
    span('  mem ', 'bar'),
    span(`${formatMemory(memory)} `, 'barStrong'),
  ];
}
