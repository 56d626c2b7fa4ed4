import { formatUptime } from '../../shared/format.ts';
import { sayRunning } from '../action.ts';
import { clean } from '../clean-text.ts';
import type { Model } from '../model.ts';
import { type Line, span } from '../styled-text.ts';
import { wrap } from '../text-width.ts';

/** What goes on, and the result of the last action. No line when there is nothing to say. */
export function messageLines({ running, message }: Model, { width, now }: { width: number; now: number }): Line[] {
  const busy = running.map(({ action, startedAt }) => [
    span(` … ${sayRunning(action)}, ${formatUptime(now - startedAt)}`, 'busy'),
  ]);
  if (!message) return busy;
  const texts = message.lines.flatMap((line) => wrap(clean(line), Math.max(2, width - 4)));
  const mark = message.tone === 'good' ? ' ✓ ' : ' ✗ ';
  return [
    ...busy,
    ...texts.map((text, index) => [span(index === 0 ? mark : '   ', message.tone), span(text, message.tone)]),
  ];
}
