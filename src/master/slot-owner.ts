import type { AppSpec } from '../shared/app-spec.ts';
import type { ExitInfo, WorkerView } from '../shared/worker-view.ts';
import type { ReadinessRule } from './readiness.ts';

/** What a slot needs of its pool. */
export interface SlotOwner {
  /** The proof of readiness a start of this app has to give now. */
  ruleFor(spec: AppSpec): ReadinessRule;
  changed(view: WorkerView): void;
  exited(pmId: number, exit: ExitInfo): void;
}
