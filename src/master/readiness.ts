import type { AppSpec } from '../shared/app-spec.ts';
import { sayDuration } from '../shared/duration.ts';

/** Proof that a worker is asked for before it counts as online. */
export type Proof =
  /** It sent 'ready'. */
  | 'message'
  /** It listens: it did so in an earlier life. */
  | 'listen'
  /** It listens, or has stayed up for `minUptimeMs`: nobody knows yet whether it is a server. */
  | 'listen-or-uptime'
  /** It has stayed up for `minUptimeMs`: its sockets, if any, are not ours. */
  | 'uptime';

export interface ReadinessRule {
  readonly proof: Proof;
  readonly minUptimeMs: number;
  readonly timeoutMs: number;
}

export interface ReadinessListener {
  /** The proof is there. */
  ready(): void;
  /** The time for it ran out; the proof may still come. */
  overdue(cause: string): void;
}

/** The proof a start of an app has to give. `listens`: a worker of it has listened before. */
export function readinessRule(spec: AppSpec, listens: boolean): ReadinessRule {
  const { minUptimeMs, listenTimeoutMs: timeoutMs } = spec;
  if (spec.waitReady) return { proof: 'message', minUptimeMs, timeoutMs };
  if (spec.execMode === 'fork') return { proof: 'uptime', minUptimeMs, timeoutMs };
  return { proof: listens ? 'listen' : 'listen-or-uptime', minUptimeMs, timeoutMs };
}

/** Watches one process until it is ready. Told what happens; owns its timers. */
export class Readiness {
  readonly #rule: ReadinessRule;
  readonly #listener: ReadinessListener;
  #timer: NodeJS.Timeout | undefined;
  #open = true;

  /** `tellsLoad`: `onLoaded` will be called, and what comes before it is no uptime. */
  constructor({ tellsLoad, ...rule }: ReadinessRule & { readonly tellsLoad: boolean }, listener: ReadinessListener) {
    this.#rule = rule;
    this.#listener = listener;
    // A script that computes for ever without a pause says nothing, and is no failure.
    const longestLoadMs = tellsLoad ? rule.timeoutMs : 0;
    this.#timer = this.#isByUptime
      ? setTimeout(() => this.#pass(), longestLoadMs + rule.minUptimeMs)
      : setTimeout(() => listener.overdue(this.#overdueCause()), rule.timeoutMs);
  }

  /** The script was loaded: a slow machine may take longer than `minUptimeMs` to find out that it cannot be. */
  onLoaded(): void {
    if (!this.#open || !this.#isByUptime) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pass(), this.#rule.minUptimeMs);
  }

  /** The process listens on a port or a path. */
  onListening(): void {
    if (this.#rule.proof === 'listen' || this.#rule.proof === 'listen-or-uptime') this.#pass();
  }

  /** The process sent 'ready'. */
  onReadyMessage(): void {
    if (this.#rule.proof === 'message') this.#pass();
  }

  /** The process is gone or no longer of interest. */
  close(): void {
    this.#open = false;
    clearTimeout(this.#timer);
  }

  get #isByUptime(): boolean {
    return this.#rule.proof === 'uptime' || this.#rule.proof === 'listen-or-uptime';
  }

  #pass(): void {
    if (!this.#open) return;
    this.close();
    this.#listener.ready();
  }

  #overdueCause(): string {
    const time = sayDuration(this.#rule.timeoutMs);
    return this.#rule.proof === 'message'
      ? `it did not send 'ready' within ${time} (listen_timeout).`
      : `it did not listen within ${time} (listen_timeout).`;
  }
}
