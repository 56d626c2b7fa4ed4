/** How often a loss that goes on is told. */
const TELL_EVERY_MS = 2000;

/** Counts the bytes that could not be written of each worker, and tells of it now and then. */
export class LossCounter {
  readonly #lostBytes = new Map<number, number>();
  readonly #untold = new Set<number>();
  #timer: NodeJS.Timeout | null = null;
  #listener: (pmId: number) => void = () => {};

  /** Who wants to know when the count of a worker has changed. */
  onChange(listener: (pmId: number) => void): void {
    this.#listener = listener;
  }

  of(pmId: number): number {
    return this.#lostBytes.get(pmId) ?? 0;
  }

  add(pmId: number, bytes: number): void {
    this.#lostBytes.set(pmId, this.of(pmId) + bytes);
    this.#untold.add(pmId);
    this.#timer ??= setTimeout(() => this.#tell(), TELL_EVERY_MS).unref();
  }

  /** Back to 0, once somebody has seen it. */
  forget(pmId: number): void {
    if (this.#lostBytes.delete(pmId)) this.#listener(pmId);
  }

  #tell(): void {
    this.#timer = null;
    for (const pmId of this.#untold) this.#listener(pmId);
    this.#untold.clear();
  }
}
