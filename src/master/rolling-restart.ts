import type { ReloadReceipt } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import { chunksOf } from '../shared/in-turns.ts';
import { type Outcome, succeed } from '../shared/outcome.ts';
import type { RestartCause } from '../shared/worker-view.ts';
import type { Slot } from './slot.ts';

/**
 * What stands in for a reload where there is nothing to hand over: in fork mode, where the port is the app's own, and when
 * nothing runs. One worker at a time, or as many as `parallel` says, and a failure stops it.
 */
export async function restartInTurn(options: {
  slots: readonly Slot[];
  spec: AppSpec;
  generation: number;
  kind: 'restart' | 'start';
  cause: RestartCause | null;
  parallel: number;
}): Promise<Outcome<ReloadReceipt>> {
  const { slots, spec, generation, kind, cause, parallel } = options;
  const startedAt = Date.now();
  for (const some of chunksOf(slots, parallel)) {
    const outcomes = await Promise.all(some.map((slot) => slot.restart(spec, cause)));
    const failed = outcomes.find(({ ok }) => !ok);
    if (failed && !failed.ok) return failed;
  }
  return succeed({
    name: spec.name,
    namespace: spec.namespace,
    pmIds: slots.map((slot) => slot.site.pmId),
    kind,
    fromGeneration: generation,
    toGeneration: generation,
    workers: slots.length,
    served: 0,
    failed: 0,
    slowestDrainMs: 0,
    killed: 0,
    tookMs: Date.now() - startedAt,
  });
}
