import { formatMemory, plural } from '../../shared/format.ts';
import type { Status } from '../../shared/worker-view.ts';
import { sayCpu } from '../figures.ts';
import type { Model } from '../model.ts';
import { type Line, span, spread } from '../styled-text.ts';

/** The first line: what there is in all, and whether it is up to date. */
export function headerLine(model: Model, width: number): Line {
  const gap = span(' ', model.connection === 'lost' ? 'alert' : 'bar');
  if (model.connection === 'lost') {
    return spread([span(' daemon gone, reconnecting', 'alert')], [span('what you see is its last word ', 'alert')], {
      width,
      gap,
    });
  }
  if (model.connection === 'waiting')
    return spread([span(' pm', 'barStrong'), span('  connecting', 'bar')], [], { width, gap });
  return spread([span(' pm', 'barStrong'), span(`  ${sayCounts(model)}`, 'bar')], sayTotals(model), { width, gap });
}

function sayCounts({ apps }: Model): string {
  const statuses = [...apps.values()].flatMap(({ workers }) => workers.map(({ status }) => status));
  const counts = ORDER.map((status) => ({ status, count: statuses.filter((each) => each === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`);
  return [`${plural(apps.size, 'app')}, ${plural(statuses.length, 'worker')}`, counts.join(', ')]
    .filter(Boolean)
    .join(': ');
}

const ORDER: readonly Status[] = ['online', 'errored', 'waiting restart', 'launching', 'stopping', 'stopped'];

function sayTotals({ usage }: Model): Line {
  const all = [...usage.values()];
  const cpu = all.reduce((sum, { cpuPercent }) => sum + cpuPercent, 0);
  const memory = all.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  return [
    span('  cpu ', 'bar'),
    span(sayCpu(cpu), 'barStrong'),
    span('  mem ', 'bar'),
    span(`${formatMemory(memory)} `, 'barStrong'),
  ];
}
