const GROWTH = Math.log(1.01); // each bucket is 1 % wider than the one before it

/** Counts of durations in buckets of 1 %, as plain JSON: cheap to fill, and to send between processes. */
export class Histogram {
  readonly #counts: number[];

  constructor(counts: readonly number[] = []) {
    this.#counts = [...counts];
  }

  add(ms: number): void {
    const bucket = Math.max(0, Math.round(Math.log(ms * 1000) / GROWTH));
    while (this.#counts.length <= bucket) this.#counts.push(0);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  /** All that several have counted. */
  static sum(histograms: readonly (readonly number[])[]): Histogram {
    const buckets = Math.max(0, ...histograms.map((counts) => counts.length));
    return new Histogram(
      Array.from({ length: buckets }, (_, bucket) =>
        histograms.reduce((total, counts) => total + (counts[bucket] ?? 0), 0),
      ),
    );
  }

  /**
   * The duration in ms that `share` (0 to 1) of all are at or below; 0 when nothing was counted. `endless` more never came to an end:
   * Infinity when the share reaches into them.
   */
  percentile(share: number, endless = 0): number {
    const wanted = share * this.#counts.reduce((total, count) => total + count, endless);
    let seen = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      seen += count;
      if (count > 0 && seen >= wanted) return Math.exp(bucket * GROWTH) / 1000;
    }
    return endless > 0 ? Number.POSITIVE_INFINITY : 0;
  }

  toJSON(): readonly number[] {
    return this.#counts;
  }
}
