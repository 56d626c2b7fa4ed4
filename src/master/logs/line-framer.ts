/** Longest line that is kept whole. A longer one is cut into pieces of this size, each but the last ending in a marker. */
export const MAX_LINE_BYTES = 1024 * 1024;
export const CUT_MARKER = ' [pm: line cut at 1 MB, it goes on below]';

const NEWLINE = 0x0a;
const CUT = Buffer.from(`${CUT_MARKER}\n`);
const NOTHING: readonly Buffer[] = [];

/**
 * Chunks of a stream in, whole lines out. Splits bytes, not characters: a chunk may end inside "é". Does not look at the
 * single lines of a chunk: all up to its last newline is one block.
 */
export class LineFramer {
  /** The unfinished line: the first `#restBytes` bytes of a buffer that doubles as needed. */
  #rest: Buffer = Buffer.alloc(0);
  #restBytes = 0;

  /** The pieces that follow each other in the output and together are whole lines; none when no line ended. */
  push(chunk: Buffer): readonly Buffer[] {
    if (this.#restBytes + chunk.length > MAX_LINE_BYTES) return this.#pushLong(chunk);
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      this.#keep(chunk);
      return NOTHING;
    }
    const head = this.#takeRest();
    const lines = end === chunk.length ? chunk : chunk.subarray(0, end);
    this.#keep(chunk.subarray(end));
    return head ? [head, lines] : [lines];
  }

  get hasUnfinished(): boolean {
    return this.#restBytes > 0;
  }

  /** Gives up what is there of a line that has not ended; its rest will come out as if it were a line. */
  takeUnfinished(): readonly Buffer[] {
    const rest = this.#takeRest();
    return rest ? [rest] : NOTHING;
  }

  /** The same for a line that may go on: a character of which only the beginning is there is not torn. */
  takeSoFar(): readonly Buffer[] {
    const rest = this.#takeRest();
    if (!rest) return NOTHING;
    const end = completeEnd(rest);
    this.#keep(rest.subarray(end));
    return end > 0 ? [rest.subarray(0, end)] : NOTHING;
  }

  #takeRest(): Buffer | null {
    if (this.#restBytes === 0) return null;
    const rest = this.#rest.subarray(0, this.#restBytes);
    this.#rest = Buffer.alloc(0);
    this.#restBytes = 0;
    return rest;
  }

  /** Copies, so that a few bytes do not hold on to a whole chunk. */
  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const needed = this.#restBytes + bytes.length;
    if (needed > this.#rest.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#rest.length * 2));
      this.#rest.copy(grown, 0, 0, this.#restBytes);
      this.#rest = grown;
    }
    bytes.copy(this.#rest, this.#restBytes);
    this.#restBytes = needed;
  }

  /** The careful way, taken only when some line may be too long. */
  #pushLong(chunk: Buffer): readonly Buffer[] {
    const rest = this.#takeRest();
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk;
    const pieces: Buffer[] = [];
    let start = 0;
    for (;;) {
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline === -1 ? bytes.length : newline;
      while (end - start > MAX_LINE_BYTES) {
        const cut = characterStart(bytes, start + MAX_LINE_BYTES);
        pieces.push(bytes.subarray(start, cut), CUT);
        start = cut;
      }
      if (newline === -1) break;
      pieces.push(bytes.subarray(start, newline + 1));
      start = newline + 1;
    }
    this.#keep(bytes.subarray(start));
    return pieces;
  }
}

/** Where the last complete UTF-8 character ends (or the end, when the bytes are not UTF-8). */
function completeEnd(bytes: Buffer): number {
  const start = characterStart(bytes, bytes.length - 1);
  return start + lengthOf(bytes[start] ?? 0) > bytes.length ? start : bytes.length;
}

/** Of the character that begins with a byte, by RFC 3629; 1 for a byte that begins none. */
function lengthOf(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** The nearest place at or before `at` that is not inside a UTF-8 character (or `at` itself when the bytes are not UTF-8). */
function characterStart(bytes: Buffer, at: number): number {
  for (let back = 0; back <= 3; back++) {
    const byte = bytes[at - back];
    if (byte !== undefined && (byte & 0xc0) !== 0x80) return at - back;
  }
  return at;
}
