import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { get, TimedOut } from './http.ts';

export interface LoadPlan {
  readonly port: number;
  readonly path?: string;
  /** Clients at once, each with one request at a time. Default 10. */
  readonly clients?: number;
  /** One connection per client for all its requests, or a new one for each. Default true. */
  readonly keepAlive?: boolean;
  /** A client waits this long at most, at random, between an answer and its next request. Default 0. */
  readonly thinkMs?: number;
  /** A request that takes longer counts as hung. Default 10 s. */
  readonly timeoutMs?: number;
}

/** Every request ends in exactly one of these. */
export interface LoadCounts {
  ok: number;
  non2xx: number;
  /** Connection closed before the answer was complete. */
  reset: number;
  refused: number;
  /** No complete answer in time: hung. */
  timeout: number;
  other: number;
}

/** Requests that run until they are stopped, counted exactly. Nothing is retried. */
export class Load {
  readonly counts: LoadCounts = { ok: 0, non2xx: 0, reset: 0, refused: 0, timeout: 0, other: 0 };
  /** How often each body was answered. */
  readonly bodies = new Map<string, number>();
  /** First failures, for the message of a failing test. */
  readonly failures: string[] = [];
  readonly #plan: LoadPlan;
  readonly #clients: Promise<void>[];
  readonly #stopped = new AbortController();

  private constructor(plan: LoadPlan) {
    this.#plan = plan;
    this.#clients = Array.from({ length: plan.clients ?? 10 }, () => this.#client());
  }

  static start(plan: LoadPlan): Load {
    return new Load(plan);
  }

  get failed(): number {
    const { ok: _, ...failed } = this.counts;
    return Object.values(failed).reduce((sum, count) => sum + count, 0);
  }

  /** Lets the requests under way come to their end. */
  async stop(): Promise<LoadCounts> {
    this.#stopped.abort();
    await Promise.all(this.#clients);
    return this.counts;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #client(): Promise<void> {
    const { keepAlive = true, thinkMs = 0 } = this.#plan;
    const agent = new Agent({ keepAlive, maxSockets: 1 });
    while (!this.#stopped.signal.aborted) {
      await this.#request(agent);
      if (thinkMs > 0)
        await delay(Math.random() * thinkMs, undefined, { signal: this.#stopped.signal }).catch(() => {});
    }
    agent.destroy();
  }

  async #request(agent: Agent): Promise<void> {
    const startedAt = Date.now();
    try {
      const { status, body } = await get(this.#plan.port, this.#plan.path, {
        agent,
        ms: this.#plan.timeoutMs ?? 10_000,
      });
      this.bodies.set(body, (this.bodies.get(body) ?? 0) + 1);
      if (status >= 200 && status < 300) this.counts.ok++;
      else this.#fail('non2xx', startedAt, `status ${status}: ${body}`);
    } catch (error) {
      this.#fail(kindOf(error), startedAt, String(error));
    }
  }

  #fail(kind: keyof LoadCounts, startedAt: number, what: string): void {
    this.counts[kind]++;
    if (this.failures.length < 5) this.failures.push(`${kind} after ${Date.now() - startedAt} ms: ${what}`);
  }
}

const RESET = ['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE', 'ERR_STREAM_PREMATURE_CLOSE'];

function kindOf(error: unknown): keyof LoadCounts {
  if (error instanceof TimedOut) return 'timeout';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'refused';
  return RESET.includes(code) ? 'reset' : 'other';
}
