import type { StateRequest } from '../worker/library-messages.ts';
import { sizeOf } from './message-limits.ts';

const MAX_KEYS = 1000;
const MAX_KEY_LENGTH = 200;
const MAX_TOTAL_BYTES = 1024 * 1024;

/** What the workers of one app keep in common. Small: it is memory of the master. */
export class SharedState {
  readonly #values = new Map<string, { readonly value: unknown; readonly bytes: number }>();
  #bytes = 0;

  /** Carries a request out, or says why not. */
  carryOut(request: StateRequest): { readonly value: unknown } | { readonly reason: string } {
    switch (request.do) {
      case 'all':
        return { value: Object.fromEntries([...this.#values].map(([key, { value }]) => [key, value])) };
      case 'get':
        return { value: this.#values.get(request.key)?.value };
      case 'delete':
        this.#forget(request.key);
        return { value: null };
      case 'increment':
        return this.#increment(request.key, request.by);
      case 'set':
        return this.#set(request.key, request.value);
    }
  }

  #set(key: string, value: unknown): { readonly value: null } | { readonly reason: string } {
    const size = sizeOf(value);
    if (size === null) return { reason: 'A value may have 64 KiB of JSON and 32 levels.' };
    if (key.length > MAX_KEY_LENGTH) return { reason: `A key may have ${MAX_KEY_LENGTH} characters.` };
    const bytes = size + key.length;
    const before = this.#values.get(key)?.bytes ?? 0;
    if (this.#bytes - before + bytes > MAX_TOTAL_BYTES)
      return { reason: `The state may have ${MAX_TOTAL_BYTES} bytes.` };
    if (before === 0 && this.#values.size >= MAX_KEYS) return { reason: `The state may have ${MAX_KEYS} keys.` };
    this.#forget(key);
    this.#values.set(key, { value, bytes });
    this.#bytes += bytes;
    return { value: null };
  }

  #increment(key: string, by: number): { readonly value: number } | { readonly reason: string } {
    const before = this.#values.get(key)?.value ?? 0;
    if (typeof before !== 'number') return { reason: `"${key}" is not a number.` };
    const set = this.#set(key, before + by);
    return 'reason' in set ? set : { value: before + by };
  }

  #forget(key: string): void {
    this.#bytes -= this.#values.get(key)?.bytes ?? 0;
    this.#values.delete(key);
  }
}
