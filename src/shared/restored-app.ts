import type { AppSpec } from './app-spec.ts';

/** An app with the workers that it had elsewhere. */
export interface RestoredApp {
  readonly spec: AppSpec;
  readonly workers: readonly {
    readonly slot: number;
    readonly createdAt: number;
    /** false: it was stopped, and is listed as such. */
    readonly shouldRun: boolean;
    readonly finished?: boolean;
  }[];
}
