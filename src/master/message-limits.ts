/** Largest message of an app that is kept or passed on, as JSON. */
const MAX_MESSAGE_BYTES = 64 * 1024;
/** Deepest nesting of one; the wire takes 64 levels with our own around it. */
const MAX_LEVELS = 32;
/** What one worker may have passed on in a second. */
const MAX_PER_SECOND = 1000;
const MAX_BYTES_PER_SECOND = 1024 * 1024;

/** Size of a message as JSON; null: larger or deeper than we carry. */
export function sizeOf(message: unknown): number | null {
  if (!isShallow(message, MAX_LEVELS)) return null;
  const size = JSON.stringify(message)?.length ?? 0; // no cycle and no great depth, seen above
  return size <= MAX_MESSAGE_BYTES ? size : null;
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  for (const key in value) {
    if (!isShallow((value as Readonly<Record<string, unknown>>)[key], levels - 1)) return false; // an object, checked above
  }
  return true;
}

/** Bounds what one worker may say in a second. */
export class MessageAllowance {
  #second = 0;
  #count = 0;
  #bytes = 0;

  /** Whether a message of this size may still go at `now`. */
  take(bytes: number, now: number): boolean {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) [this.#second, this.#count, this.#bytes] = [second, 0, 0];
    this.#count += 1;
    this.#bytes += bytes;
    return this.#count <= MAX_PER_SECOND && this.#bytes <= MAX_BYTES_PER_SECOND;
  }
}
