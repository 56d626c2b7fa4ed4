import { formatMemory, formatUptime, plural } from '../../shared/format.ts';
import { clean } from '../clean-text.ts';
import { sayCpu } from '../figures.ts';
import { NO_HISTORY, sumHistories } from '../history.ts';
import { type ListRow, workersOf } from '../list-rows.ts';
import type { Model } from '../model.ts';
import { cpuRange, drawChart } from '../sparkline.ts';
import { STATUS_TONE, shortStatus, worstStatus } from '../status-tone.ts';
import { type Span, span } from '../styled-text.ts';

/** One column of the list. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly side: 'left' | 'right';
  readonly cell: (row: ListRow, context: CellContext) => Span;
}

interface CellContext {
  readonly model: Model;
  readonly now: number;
}

const TREND_COLUMNS = 12;

const id: Column = {
  title: 'id',
  width: 4,
  side: 'right',
  cell: ({ worker }) => span(worker ? String(worker.pmId) : '', 'faint'),
};

const generation: Column = {
  title: 'gen',
  width: 4,
  side: 'right',
  cell: (row) => span(String(Math.max(0, ...workersOf(row).map(({ generation }) => generation))), 'faint'),
};

const status: Column = {
  title: 'status',
  width: 15,
  side: 'left',
  cell: (row) => {
    const statuses = workersOf(row).map((worker) => worker.status);
    const worst = worstStatus(statuses);
    const alike = statuses.filter((each) => each === worst).length;
    const text = row.worker ? worst : `${alike}/${statuses.length} ${shortStatus(worst)}`;
    return span(text, STATUS_TONE[worst]);
  },
};

const cpu: Column = {
  title: 'cpu',
  width: 6,
  side: 'right',
  cell: (row, { model }) => figure(row, model, (sum) => sayCpu(sum.cpu)),
};

const memory: Column = {
  title: 'mem',
  width: 8,
  side: 'right',
  cell: (row, { model }) => figure(row, model, (sum) => formatMemory(sum.memory)),
};

const restarts: Column = {
  title: '↺',
  width: 4,
  side: 'right',
  cell: (row) => {
    const count = workersOf(row).reduce((sum, worker) => sum + worker.restarts, 0);
    return span(String(count), count > 0 ? 'plain' : 'faint');
  },
};

const uptime: Column = {
  title: 'uptime',
  width: 7,
  side: 'right',
  cell: (row, { now }) => {
    if (row.worker?.status === 'waiting restart' && row.worker.restartDueAt) {
      return span(`in ${formatUptime(row.worker.restartDueAt - now)}`, 'busy');
    }
    const started = workersOf(row)
      .filter(({ pid }) => pid > 0)
      .map(({ startedAt }) => startedAt);
    return span(started.length > 0 ? formatUptime(now - Math.max(...started)) : '', row.worker ? 'plain' : 'faint');
  },
};

const trend: Column = {
  title: 'cpu trend',
  width: TREND_COLUMNS,
  side: 'left',
  cell: (row, { model }) => {
    const { cpu } = sumHistories(workersOf(row).map(({ pmId }) => model.histories.get(pmId) ?? NO_HISTORY));
    const values = cpu.slice(-TREND_COLUMNS);
    return span(drawChart(values, { width: TREND_COLUMNS, height: 1, ...cpuRange(values) })[0] ?? '', 'cpu');
  },
};

/** Which columns fit, from left to right; the name takes what is left. */
export function columnsFor(width: number): Column[] {
  const others = [id, generation, status, cpu, memory, restarts, uptime, trend].filter(
    (column) => width >= (LEAST_WIDTH.get(column) ?? 0),
  );
  const taken = others.reduce((sum, column) => sum + column.width + 1, 0);
  return [nameColumn(Math.max(8, width - taken - 1)), ...others];
}

const LEAST_WIDTH = new Map<Column, number>([
  [id, 56],
  [generation, 70],
  [memory, 44],
  [restarts, 60],
  [uptime, 50],
  [trend, 88],
]);

const nameColumn = (width: number): Column => ({
  title: '  name',
  width,
  side: 'left',
  cell: ({ key, app, worker, folded }) => {
    const { name, namespace } = app.spec;
    if (key.pmId !== null && worker) return span(`    slot ${worker.slot}`, 'faint');
    const full = clean(namespace === 'default' ? name : `${namespace}/${name}`);
    if (worker || app.workers.length === 0) return span(`  ${full}`, 'strong');
    const count = folded ? `  (${plural(app.workers.length, 'worker')})` : '';
    return span(`${folded ? '▸' : '▾'} ${full}${count}`, 'strong');
  },
});

function figure(row: ListRow, model: Model, say: (sum: { cpu: number; memory: number }) => string): Span {
  const sum = { cpu: 0, memory: 0 };
  for (const { pmId } of workersOf(row)) {
    sum.cpu += model.usage.get(pmId)?.cpuPercent ?? 0;
    sum.memory += model.usage.get(pmId)?.memoryBytes ?? 0;
  }
  return workersOf(row).some(({ pid }) => pid > 0) ? span(say(sum)) : span('');
}
