import type { AppSpec } from '../shared/app-spec.ts';
import type { RestartCause } from '../shared/worker-view.ts';

/** What goes with a restart or reload of workers. */
export interface Renewal {
  /** Default: the one the app has. */
  readonly spec?: AppSpec | undefined;
  /** Why, in a sentence, when nobody asked for it. */
  readonly cause?: string | undefined;
  /** Workers at a time. Default: a restart takes all at once, a reload one. */
  readonly parallel?: number | undefined;
}

export const causeNow = (says: string | undefined): RestartCause | null =>
  says === undefined ? null : { at: Date.now(), says };
