import { type FileHandle, open, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { byteRange } from './byte-range.ts';
import { mediaTypeOf } from './media-type.ts';

/**
 * Sends a file in pieces, or the part of it that was asked for, or nothing when the client has it already. Returns false when there
 * is no such file; then nothing was sent. `status` other than 200: the file stands for something else.
 */
export async function sendFile(
  path: string,
  status: 200 | 404,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<boolean> {
  // Anything but a file is not opened: a pipe would wait for somebody to write into it.
  const kind = await stat(path).catch(() => null);
  const file = kind?.isFile() ? await open(path).catch(nullIfGone) : null;
  if (file === null) return false;
  try {
    await send(file, path, status, { request, response });
  } finally {
    await file.close().catch(() => {});
  }
  return true;
}

/** A file that may not be read is for the caller to tell; one that is gone is none. */
function nullIfGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

async function send(
  file: FileHandle,
  path: string,
  status: 200 | 404,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { size, mtime } = await file.stat();
  const etag = `W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`;
  response.setHeader('Content-Type', mediaTypeOf(path));
  response.setHeader('Last-Modified', mtime.toUTCString());
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'no-cache'); // may be kept, and is asked for again
  if (status === 200 && clientHas(request, etag, mtime)) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader('Accept-Ranges', 'bytes');
  const range = status === 200 && rangeHolds(request, mtime) ? byteRange(request.headers.range, size) : null;
  if (range === 'none') {
    response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.setHeader('Content-Length', end - start + 1);
  if (range) response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
  response.writeHead(range ? 206 : status);
  if (request.method === 'HEAD' || size === 0) response.end();
  else await pipeline(file.createReadStream({ start, end, autoClose: false }), response);
}

/** RFC 9110, 13.2.2: the tag counts before the date. */
function clientHas({ headers }: IncomingMessage, etag: string, mtime: Date): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags === '*' || tags.split(',').some((tag) => tag.trim() === etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(mtime.getTime() / 1000) * 1000 <= since;
}

/** Whether the file is still the one of which the client has a part (RFC 9110, 13.1.5: our weak tags never say so). */
function rangeHolds({ headers }: IncomingMessage, mtime: Date): boolean {
  const condition = headers['if-range'];
  return condition === undefined || condition === mtime.toUTCString();
}
