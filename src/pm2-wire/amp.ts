const VERSION = 1;
const MAX_ARGUMENTS = 15;
/** A record of the list has a few KiB; a client that announces more than this is none of ours. */
const MAX_ARGUMENT_BYTES = 64 * 1024 * 1024;

/** A message of AMP, the framing of PM2's sockets: a byte of version and count, then each argument with its length before it. */
export function encodeAmp(args: readonly unknown[]): Buffer {
  const parts = args.map((arg) =>
    Buffer.from(typeof arg === 'string' ? `s:${arg}` : `j:${JSON.stringify(arg ?? null)}`),
  );
  const framed = parts.flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return Buffer.concat([Buffer.from([(VERSION << 4) | args.length]), ...framed]);
}

/** Feeds bytes in, takes whole messages out. Throws what a peer of this protocol does not send. */
export class AmpDecoder {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): unknown[][] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: unknown[][] = [];
    for (;;) {
      const message = this.#take();
      if (message === undefined) return messages;
      messages.push(message);
    }
  }

  #take(): unknown[] | undefined {
    const bytes = this.#rest;
    const [head] = bytes;
    if (head === undefined) return undefined;
    if (head >> 4 !== VERSION) throw new Error('The first byte is not that of a message.');
    const args: unknown[] = [];
    let at = 1;
    for (let i = 0; i < (head & MAX_ARGUMENTS); i++) {
      if (bytes.length < at + 4) return undefined;
      const length = bytes.readUInt32BE(at);
      if (length > MAX_ARGUMENT_BYTES) throw new Error(`An argument of ${length} bytes is too large.`);
      if (bytes.length < at + 4 + length) return undefined;
      args.push(readArgument(bytes.subarray(at + 4, at + 4 + length)));
      at += 4 + length;
    }
    this.#rest = bytes.subarray(at);
    return args;
  }
}

function readArgument(bytes: Buffer): unknown {
  const mark = bytes.toString('latin1', 0, 2);
  if (mark === 's:') return bytes.toString('utf8', 2);
  return mark === 'j:' ? JSON.parse(bytes.toString('utf8', 2)) : bytes;
}
