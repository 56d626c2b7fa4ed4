/** Told of an event: its packet, after what the `*` of the pattern stood for. */
export type BusListener = (...args: unknown[]) => void;

interface Entry {
  readonly pattern: string;
  readonly matches: RegExp;
  readonly listener: BusListener;
  readonly once: boolean;
}

/** Events by name, heard by patterns: `log:*` hears `log:out` with `('out', packet)`, as PM2's bus does. */
export class Bus {
  readonly #close: () => void;
  #entries: readonly Entry[] = [];

  constructor(close: () => void) {
    this.#close = close;
  }

  on(pattern: string, listener: BusListener): this {
    return this.#add(pattern, listener, false);
  }

  addListener(pattern: string, listener: BusListener): this {
    return this.on(pattern, listener);
  }

  once(pattern: string, listener: BusListener): this {
    return this.#add(pattern, listener, true);
  }

  /** Without a listener: all of the pattern. */
  off(pattern: string, listener?: BusListener): this {
    this.#entries = this.#entries.filter(
      (entry) => entry.pattern !== pattern || (listener !== undefined && entry.listener !== listener),
    );
    return this;
  }

  removeListener(pattern: string, listener: BusListener): this {
    return this.off(pattern, listener);
  }

  removeAllListeners(): this {
    this.#entries = [];
    return this;
  }

  emit(event: string, packet: unknown): void {
    for (const { pattern, matches, listener, once } of this.#entries) {
      const match = matches.exec(event);
      if (!match) continue;
      if (once) this.off(pattern, listener);
      listener(...match.slice(1), packet);
    }
  }

  /** Hears no more. */
  close(): void {
    this.removeAllListeners();
    this.#close();
  }

  #add(pattern: string, listener: BusListener, once: boolean): this {
    const source = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
    const matches = new RegExp(`^${source.join('(.*?)')}$`);
    this.#entries = [...this.#entries, { pattern, matches, listener, once }];
    return this;
  }
}
