import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { answer } from '../../../src/static-server/answer.ts';
import { byteRange } from '../../../src/static-server/byte-range.ts';
import { mayEnter } from '../../../src/static-server/login.ts';
import { askedPath } from '../../../src/static-server/served-path.ts';
import { type Settings, settingsFrom } from '../../../src/static-server/settings.ts';

const outside = mkdtempSync(join(tmpdir(), 'pm-serve-'));
const root = join(outside, 'site');
mkdirSync(join(root, 'docs'), { recursive: true });
mkdirSync(join(root, 'empty <b>'));
writeFileSync(join(outside, 'secret'), 'secret');
writeFileSync(join(root, 'index.html'), 'home');
writeFileSync(join(root, 'docs/index.html'), 'docs');
writeFileSync(join(root, 'app.js'), '0123456789');
writeFileSync(join(root, '.env'), 'secret');
writeFileSync(join(root, 'nothing.txt'), '');
execFileSync('mkfifo', [join(root, 'pipe')]);
symlinkSync('app.js', join(root, 'link.js'));
symlinkSync('loop', join(root, 'loop'));

let settings: Settings;
const server = createServer((incoming, response) => {
  answer({ request: incoming, response }, settings).catch((error: Error) => response.destroy(error));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(outside, { recursive: true });
});

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(
  path: string,
  { method = 'GET', headers = {}, env = {} }: { method?: string; headers?: Record<string, string>; env?: object } = {},
): Promise<Reply> {
  settings = settingsFrom({ PM2_SERVE_PATH: root, ...env }, '/');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

test.each([
  ['/', 200, 'home'],
  ['/index.html', 200, 'home'],
  ['/docs/', 200, 'docs'],
  ['/docs/../app.js?v=1', 200, '0123456789'],
  ['/link.js', 200, '0123456789'],
  ['/nothing.txt', 200, ''],
  ['/app.js/', 404, undefined],
  ['/loop', 404, undefined],
  ['/pipe', 404, undefined],
  ['/empty%20%3Cb%3E/', 404, undefined],
  ['/nowhere', 404, undefined],
  [`/${'x'.repeat(5000)}`, 404, undefined],
  ['/.env', 404, undefined],
  ['/docs/../.env', 404, undefined],
  ['/../secret', 404, undefined],
  ['/..%2f..%2f..%2fsecret', 404, undefined],
  ['/%2e%2e/secret', 404, undefined],
  ['/..%5csecret', 400, undefined],
  ['/a%00b', 400, undefined],
  ['/%', 400, undefined],
])('GET %s answers %i', async (path, status, body) => {
  const reply = await ask(path);
  expect(reply.status).toBe(status);
  if (body !== undefined) expect(reply.body).toBe(body);
  expect(reply.body).not.toContain('secret');
  expect(reply.headers['access-control-allow-origin']).toBeUndefined();
});

test('a folder is redirected to its slash, and never to another server', async () => {
  expect((await ask('/docs?a=1')).headers.location).toBe('/docs/?a=1');
  expect((await ask('//docs')).headers.location).toBe('/docs/');
});

test('HEAD has the headers alone; other methods are refused', async () => {
  const head = await ask('/app.js', { method: 'HEAD' });
  expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '10']);
  expect(head.headers['content-type']).toBe('text/javascript; charset=utf-8');
  const post = await ask('/app.js', { method: 'POST' });
  expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
});

test('parts of a file are sent, and nothing when the client has it', async () => {
  const part = await ask('/app.js', { headers: { range: 'bytes=2-4' } });
  expect([part.status, part.body, part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
  const beyond = await ask('/app.js', { headers: { range: 'bytes=10-' } });
  expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
  const { etag = '', 'last-modified': modified = '' } = (await ask('/app.js')).headers;
  for (const headers of [{ 'if-none-match': etag }, { 'if-modified-since': modified }])
    expect(await ask('/app.js', { headers: { ...headers } })).toMatchObject({ status: 304, body: '' });
  const changed = { range: 'bytes=2-4', 'if-range': 'Mon, 01 Jan 2001 00:00:00 GMT' };
  expect(await ask('/app.js', { headers: changed })).toMatchObject({ status: 200, body: '0123456789' });
});

test('a single-page app gets its page for any path, but not for a script that is missing', async () => {
  const env = { PM2_SERVE_SPA: 'true' };
  expect(await ask('/users/1', { env })).toMatchObject({ status: 200, body: 'home' });
  expect(await ask('/old.js', { env, headers: { accept: '*/*' } })).toMatchObject({ status: 404 });
  expect(await ask('/v1.2', { env, headers: { accept: 'text/html' } })).toMatchObject({ status: 200, body: 'home' });
});

test('a folder is listed when that is wanted, without what is hidden', async () => {
  const env = { PM2_SERVE_FTP: 'true', PM2_SERVE_HOMEPAGE: 'none.html' };
  const { status, body } = await ask('/', { env });
  expect(status).toBe(200);
  expect(body).toContain('<a href="/empty%20%3Cb%3E/">empty &#60;b&#62;/</a>');
  expect(body).toContain('<a href="/app.js">app.js</a>');
  expect(body).not.toContain('.env');
});

test('404.html is sent for what is not there', async () => {
  writeFileSync(join(root, '404.html'), 'lost');
  expect(await ask('/nowhere')).toMatchObject({ status: 404, body: 'lost' });
  rmSync(join(root, '404.html'));
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is forbidden', async () => {
  writeFileSync(join(root, 'locked.txt'), 'x');
  chmodSync(join(root, 'locked.txt'), 0);
  expect((await ask('/locked.txt')).status).toBe(403);
});

test('a password is asked for, and may have a colon in it', async () => {
  const env = {
    PM2_SERVE_BASIC_AUTH: 'true',
    PM2_SERVE_BASIC_AUTH_USERNAME: 'me',
    PM2_SERVE_BASIC_AUTH_PASSWORD: 'a:b',
  };
  expect((await ask('/', { env })).headers['www-authenticate']).toMatch(/^Basic /);
  const as = (login: string) => ({ authorization: `Basic ${Buffer.from(login).toString('base64')}` });
  expect((await ask('/', { env, headers: as('me:a') })).status).toBe(401);
  expect((await ask('/', { env, headers: as('me:a:b') })).status).toBe(200);
  expect(mayEnter('Basic !', { username: '', password: '' })).toBe(false);
});

test.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=8-99', { start: 8, end: 9 }],
  ['bytes=10-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=4-2', null],
  ['bytes=-', null],
  ['bytes=0-1,3-4', null],
  ['lines=1-2', null],
  [undefined, null],
])('of 10 bytes, %s is %j', (header, range) => {
  expect(byteRange(header, 10)).toEqual(range);
});

test('a path that leads up ends at the top', () => {
  expect(askedPath('/../../a/./b/../c')).toEqual({ kind: 'path', segments: ['a', 'c'], endsWithSlash: false });
  expect(askedPath('http://other/a').kind).toBe('malformed');
});
