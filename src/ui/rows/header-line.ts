import { formatMemory, formatUptime, plural } from '../../shared/format.ts';
import { sayCpu } from '../figures.ts';
import type { Model } from '../model.ts';
import { BY_ATTENTION, shortStatus } from '../status-tone.ts';
import { clipLine, type Line, type Span, span, spread, textOf } from '../styled-text.ts';
import { widthOf } from '../text-width.ts';

/** The first line: what there is in all, and whether it is up to date. */
export function headerLine(model: Model, { width, now }: { width: number; now: number }): Line {
  const alarm = sayAlarm(model, now);
  if (alarm) return spread([span(` ${alarm}`, 'alert')], [], { width, gap: span(' ', 'alert') });
  const totals = model.connection === 'up' && width >= LEAST_WIDTH_WITH_TOTALS ? sayTotals(model) : [];
  const state = model.connection === 'up' ? sayCounts(model) : [span('  connecting', 'bar')];
  const left = clipLine([span(' pm', 'barStrong'), ...state], width - widthOf(textOf(totals)) - 1);
  return spread(left, totals, { width, gap: span(' ', 'bar') });
}

const LEAST_WIDTH_WITH_TOTALS = 60;
const SILENCE_MS = 5_000;

/** undefined: what is shown is up to date. */
function sayAlarm({ connection, heardAt }: Model, now: number): string | undefined {
  if (connection === 'lost') return 'daemon gone, reconnecting   (below: what was known last)';
  const silentMs = now - heardAt;
  return connection === 'up' && silentMs > SILENCE_MS ? `daemon silent for ${formatUptime(silentMs)}` : undefined;
}

/** How many workers are in each status, first what needs attention. */
function sayCounts({ apps }: Model): Span[] {
  const statuses = [...apps.values()].flatMap(({ workers }) => workers.map(({ status }) => status));
  const counts = BY_ATTENTION.flatMap((status) => {
    const count = statuses.filter((each) => each === status).length;
    if (count === 0) return [];
    return [span(`  ${count} ${shortStatus(status)}`, status === 'errored' ? 'barBad' : 'bar')];
  });
  return [span(`  ${plural(apps.size, 'app')} `, 'bar'), ...counts];
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
