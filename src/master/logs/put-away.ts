const AGAIN_MS = 10_000;

/** Puts away a file that is full; where that fails, it is tried again after a while, and said once. */
export class PutAway {
  readonly #run: () => Promise<void>;
  readonly #onFailure: (error: Error) => void;
  #againAt = 0;
  #isSaid = false;

  constructor(at: { run: () => Promise<void>; onFailure: (error: Error) => void }) {
    this.#run = at.run;
    this.#onFailure = at.onFailure;
  }

  /** False: it is still there. Never rejects. */
  async tryNow(): Promise<boolean> {
    if (performance.now() < this.#againAt) return false;
    try {
      await this.#run();
      this.#isSaid = false;
      return true;
    } catch (error) {
      this.#againAt = performance.now() + AGAIN_MS;
      if (!this.#isSaid && error instanceof Error) this.#onFailure(error);
      this.#isSaid = true;
      return false;
    }
  }
}
