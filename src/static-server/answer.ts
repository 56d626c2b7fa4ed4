import { readdir, stat } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { extname } from 'node:path';
import { mayEnter } from './login.ts';
import { listingPage, statusPage } from './pages.ts';
import { sendFile } from './send-file.ts';
import { askedPath, fileBelow, isHidden, urlOf } from './served-path.ts';
import type { Settings } from './settings.ts';

/** A request and where its answer goes. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Answers one request. Rejects only with what is wrong on the side of the server. */
export async function answer(exchange: Exchange, settings: Settings): Promise<void> {
  const { request, response } = exchange;
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (!mayEnter(request.headers.authorization, settings.login)) {
    response.setHeader('WWW-Authenticate', 'Basic realm="Authentication required", charset="UTF-8"');
    return sendStatus(401, exchange);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return sendStatus(405, exchange);
  }
  const asked = askedPath(request.url ?? '/');
  if (asked.kind === 'malformed') return sendStatus(400, exchange);
  try {
    await answerPath(asked, exchange, settings);
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) await sendMissing(exchange, settings);
    else if (status === undefined || response.headersSent) throw error;
    else sendStatus(status, exchange);
  }
}

async function answerPath(
  { segments, endsWithSlash }: { segments: readonly string[]; endsWithSlash: boolean },
  exchange: Exchange,
  settings: Settings,
): Promise<void> {
  const path = fileBelow(settings.root, segments);
  const kind = isHidden(segments) ? null : await stat(path);
  if (kind?.isDirectory() && !endsWithSlash) return redirect(`${urlOf(segments)}/`, exchange);
  if (kind?.isDirectory()) return answerFolder(segments, exchange, settings);
  if (kind?.isFile() && !endsWithSlash && (await sendFile(path, 200, exchange))) return;
  await sendMissing(exchange, settings);
}

async function answerFolder(segments: readonly string[], exchange: Exchange, settings: Settings): Promise<void> {
  if (await sendFile(fileBelow(settings.root, [...segments, settings.homepage]), 200, exchange)) return;
  if (!settings.listsFolders) return sendMissing(exchange, settings);
  const entries = await readdir(fileBelow(settings.root, segments), { withFileTypes: true });
  sendPage(200, listingPage(segments, entries), exchange);
}

/** A single-page app finds the page itself; a script or an image that is missing is no page. */
async function sendMissing(exchange: Exchange, { root, singlePage, homepage }: Settings): Promise<void> {
  const { request } = exchange;
  const [path = ''] = (request.url ?? '').split('?', 1);
  const wantsPage = extname(path) === '' || (request.headers.accept ?? '').includes('text/html');
  if (singlePage && wantsPage && (await sendFile(fileBelow(root, [homepage]), 200, exchange))) return;
  if (await sendFile(fileBelow(root, ['404.html']), 404, exchange)) return;
  sendStatus(404, exchange);
}

/** undefined: it is not about the path that was asked for. */
function statusOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(code)) return 404;
  return code === 'EACCES' || code === 'EPERM' ? 403 : undefined;
}

function redirect(to: string, { request, response }: Exchange): void {
  const query = /\?[^#]*/.exec(request.url ?? '')?.[0] ?? '';
  response.writeHead(301, { Location: `${to}${query}`, 'Content-Length': 0 }).end();
}

/** Says what a status means, as a page. */
export function sendStatus(status: number, exchange: Exchange): void {
  sendPage(status, statusPage(`${status} ${STATUS_CODES[status] ?? ''}`.trim()), exchange);
}

function sendPage(status: number, html: string, { request, response }: Exchange): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(html),
  });
  response.end(request.method === 'HEAD' ? undefined : html);
}
