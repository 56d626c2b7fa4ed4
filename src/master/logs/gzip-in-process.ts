import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Compresses a file into another of mode 0600, in this process. */
export const gzipInProcess = (from: string, to: string, signal: AbortSignal): Promise<void> =>
  pipeline(createReadStream(from), createGzip(), createWriteStream(to, { mode: 0o600 }), { signal });
