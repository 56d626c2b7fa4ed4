import { Histogram } from '../measure/histogram.ts';
import type { Answer } from './connection.ts';
import type { FailureKind, LoadResult } from './job.ts';

const EXAMPLES = 10;

/** Counts the answers of all clients of one generator. */
export class Tally {
  readonly #startedAt = performance.now();
  readonly #latency = new Histogram();
  readonly #failures: Record<FailureKind, number> = { refused: 0, reset: 0, hung: 0, status: 0, own: 0 };
  readonly #examples: { at: number; kind: FailureKind; detail: string }[] = [];
  #requests = 0;

  get requests(): number {
    return this.#requests;
  }

  count(answer: Answer, ms: number): void {
    this.#requests++;
    if (answer.ok) {
      this.#latency.add(ms);
      return;
    }
    const { kind, detail } = answer;
    this.#failures[kind]++;
    if (this.#examples.length < EXAMPLES) this.#examples.push({ at: Date.now(), kind, detail });
  }

  result(): LoadResult {
    return {
      requests: this.#requests,
      failed: Object.values(this.#failures).reduce((total, count) => total + count, 0),
      failures: this.#failures,
      seconds: (performance.now() - this.#startedAt) / 1000,
      latency: this.#latency.toJSON(),
      examples: this.#examples,
    };
  }
}
