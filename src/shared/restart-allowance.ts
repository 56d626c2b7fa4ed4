const MINUTE_MS = 60_000;

/** How often something may be restarted within any minute. */
export class RestartAllowance {
  readonly perMinute: number;
  #takenAt: readonly number[] = [];

  constructor(perMinute: number) {
    this.perMinute = perMinute;
  }

  /** Counts a restart; `at` in ms. */
  take(at: number): void {
    this.#takenAt = [...this.#takenAt.filter((before) => at - before < MINUTE_MS), at];
  }

  isSpent(at: number): boolean {
    return this.#takenAt.filter((before) => at - before < MINUTE_MS).length >= this.perMinute;
  }
}
