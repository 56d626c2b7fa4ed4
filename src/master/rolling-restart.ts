import type { ReloadReceipt } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import { type Outcome, succeed } from '../shared/outcome.ts';
import type { RestartCause } from '../shared/worker-view.ts';
import type { Slot } from './slot.ts';

/**
 * What stands in for a reload where there is nothing to hand over: in fork mode, where the port is the app's own, and when
 * nothing runs. One worker at a time, and a failure stops it.
 */
export async function restartOneByOne(options: {
  slots: readonly Slot[];
  spec: AppSpec;
  generation: number;
  kind: 'restart' | 'start';
  cause: RestartCause | null;
}): Promise<Outcome<ReloadReceipt>> {
  const { slots, spec, generation, kind, cause } = options;
  const startedAt = Date.now();
  for (const slot of slots) {
    const outcome = await slot.restart(spec, cause);
    if (!outcome.ok) return outcome;
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
