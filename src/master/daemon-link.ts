/** How long a master waits for its daemon to come back by itself before it starts one. */
const PATIENCE_MS = 500;
/** A daemon that cannot be started is tried for again and again, but not in a storm. */
const MAX_RETRY_MS = 10_000;

/**
 * Watches whether a daemon is connected, and starts one when none has been for a while. Any number of masters may do so at
 * once: only one daemon gets the home.
 */
export class DaemonLink {
  readonly #start: () => Promise<unknown>;
  #connections = 0;
  #timer: NodeJS.Timeout | undefined;
  #retryMs = PATIENCE_MS;

  /** `start` makes sure that a daemon runs; it may fail. */
  constructor(start: () => Promise<unknown>) {
    this.#start = start;
    this.#expectDaemon();
  }

  onConnected(): void {
    this.#connections += 1;
    this.#retryMs = PATIENCE_MS;
    clearTimeout(this.#timer);
  }

  onDisconnected(): void {
    this.#connections -= 1;
    if (this.#connections === 0) this.#expectDaemon();
  }

  /** Stops watching: the end is intended. */
  close(): void {
    clearTimeout(this.#timer);
    this.#connections = Number.POSITIVE_INFINITY;
  }

  #expectDaemon(): void {
    this.#timer = setTimeout(async () => {
      this.#retryMs = Math.min(this.#retryMs * 2, MAX_RETRY_MS);
      await this.#start();
      if (this.#connections === 0) this.#expectDaemon();
    }, this.#retryMs);
  }
}
