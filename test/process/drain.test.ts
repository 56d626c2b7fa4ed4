import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get as httpGet, type IncomingMessage } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { get as httpsGet, Agent as TlsAgent } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { ClusterPool, type PoolWorker } from '../helpers/cluster-pool.ts';

/** Answers /held when told 'release' over IPC, everything else at once. */
const HANDLER = `
  const held = [];
  process.on('message', (message) => {
    if (message === 'sync') process.send('synced');
    else held.splice(0).forEach((response) => response.end('held'));
  });
  const handle = (request, response) => {
    if (request.url === '/keep') response.setHeader('Connection', 'keep-alive');
    if (request.url === '/proxied') response.writeHead(200, { connection: 'keep-alive', 'x-from': 'app' });
    if (request.url === '/begun') response.write('begun,');
    if (request.url === '/held' || request.url === '/begun') { held.push(response); console.log('held'); }
    else { response.end('ok'); console.log('answered'); }
  };`;
const HTTP = `${HANDLER} const server = require('node:http').createServer(handle).listen(0);`;

const pem = (name: string) => readFileSync(`test/fixtures/tls/${name}.pem`, 'utf8');
const TLS = JSON.stringify({ key: pem('key'), cert: pem('cert') });

let pool: ClusterPool;
beforeAll(async () => {
  pool = await ClusterPool.create();
  return () => pool[Symbol.asyncDispose]();
});

let agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterEach(() => {
  agent.destroy();
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});

async function ask(port: number, path: string, get = httpGet) {
  const request = get({ port, path, agent, host: '127.0.0.1', rejectUnauthorized: false } as object);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { body: await text(response), connection: response.headers.connection };
}

/** Starts a drain, as a master does: no new connections first. */
function drain(app: PoolWorker, idleGraceMs: number): Promise<string> {
  pool.balancer.retire(app.worker);
  return app.control.drain({ idleGraceMs });
}

/** Waits until the worker has got everything that was sent to it. */
async function sync(app: PoolWorker): Promise<void> {
  app.child.send('sync');
  await once(app.child, 'message');
}

test('a worker without connections has drained at once, and one that is closed by its app too', async () => {
  const idle = await pool.spawn(HTTP);
  await idle.port();
  expect(await drain(idle, 10_000)).toBe('drained');
  const app = await pool.spawn(
    `${HTTP} process.on('SIGINT', () => server.close((error) => { console.log('closed', error); process.exit() }))`,
  );
  await app.port();
  expect(await drain(app, 10_000)).toBe('drained');
  app.child.kill('SIGINT');
  await app.exited;
  expect(app.output).toBe('closed undefined\n');
});

test.each(['/', '/keep', '/proxied'])(
  'the next answer on a keep-alive connection is its last and says so: GET %s',
  async (path) => {
    const app = await pool.spawn(HTTP);
    const port = await app.port();
    expect(await ask(port, path)).toEqual({ body: 'ok', connection: 'keep-alive' });
    const drained = drain(app, 10_000);
    await sync(app);
    expect(await ask(port, path)).toEqual({ body: 'ok', connection: 'close' });
    expect(await drained).toBe('drained');
  },
);

test('a request being answered is answered in full, and its connection closed', async () => {
  const app = await pool.spawn(HTTP);
  const answer = ask(await app.port(), '/held');
  await app.printed('held');
  const drained = drain(app, 0);
  app.child.send('release');
  expect(await answer).toEqual({ body: 'held', connection: 'close' });
  expect(await drained).toBe('drained');
});

test('a response whose headers are sent goes on to its end, and its connection then counts as idle', async () => {
  const app = await pool.spawn(HTTP);
  const answer = ask(await app.port(), '/begun');
  await app.printed('held');
  const drained = drain(app, 0);
  app.child.send('release');
  expect(await answer).toEqual({ body: 'begun,held', connection: 'keep-alive' });
  expect(await drained).toBe('drained');
});

test('idle connections and those that never sent a byte are closed, without a grace at once', async () => {
  const app = await pool.spawn(HTTP);
  const port = await app.port();
  await ask(port, '/');
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  await ask(port, '/'); // the silent one was accepted before this
  const closed = once(silent, 'close');
  expect(await drain(app, 0)).toBe('drained');
  await closed;
});

test('a second drain may be in more of a hurry', async () => {
  const app = await pool.spawn(HTTP);
  await ask(await app.port(), '/');
  const patient = drain(app, 60_000);
  await sync(app);
  expect(await drain(app, 0)).toBe('drained');
  expect(await patient).toBe('drained');
});

test('requests that a client had sent ahead are all answered', async () => {
  const app = await pool.spawn(HTTP);
  const client = connect(await app.port(), '127.0.0.1');
  const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
  client.write(request('/held') + request('/'));
  await app.printed('held');
  const drained = drain(app, 0);
  await sync(app);
  client.write(request('/'));
  await app.printed('held\nanswered\nanswered');
  app.child.send('release');
  const answers = await text(client);
  expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
  expect(answers.match(/Connection: close/g)).toHaveLength(1);
  expect(await drained).toBe('drained');
});

test('an upgraded connection goes on until its peers end it', async () => {
  const app = await pool.spawn(`${HTTP} server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\\r\\n\\r\\n');
    socket.on('data', (data) => socket.write(data)).on('end', () => socket.end());
  })`);
  const client = connect(await app.port(), '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  await once(client, 'data');
  let isDrained = false;
  const drained = drain(app, 0).then(() => {
    isDrained = true;
  });
  for (const word of ['one', 'two', 'three']) {
    client.write(word);
    expect(String((await once(client, 'data'))[0])).toBe(word);
  }
  expect(isDrained).toBe(false);
  client.destroy();
  await drained;
});

test('TLS connections drain like others', async () => {
  const app = await pool.spawn(`${HANDLER} require('node:https').createServer(${TLS}, handle).listen(0);`);
  const port = await app.port();
  agent = new TlsAgent({ keepAlive: true, maxSockets: 1 });
  expect(await ask(port, '/', httpsGet)).toEqual({ body: 'ok', connection: 'keep-alive' });
  const answer = ask(port, '/held', httpsGet);
  await app.printed('held');
  const half = connect(port, '127.0.0.1'); // never gets through the handshake
  await once(half, 'connect');
  const drained = drain(app, 0);
  await once(half.resume(), 'close');
  app.child.send('release');
  expect(await answer).toEqual({ body: 'held', connection: 'close' });
  expect(await drained).toBe('drained');
});

test.each(['http', 'https'])('HTTP/2 sessions over %s end with the streams that are open', async (scheme) => {
  const create = scheme === 'http' ? 'createServer(' : `createSecureServer(${TLS}, `;
  const app = await pool.spawn(`${HANDLER} require('node:http2').${create}handle).listen(0);`);
  const session = connectHttp2(`${scheme}://127.0.0.1:${await app.port()}`, { rejectUnauthorized: false });
  app.control.startCounting();
  const stream = session.request({ ':path': '/held' });
  const goneAway = once(session, 'goaway');
  await app.printed('held');
  const drained = drain(app, 0);
  await goneAway;
  app.child.send('release');
  expect(await text(stream)).toBe('held');
  await once(session, 'close');
  expect(await drained).toBe('drained');
  expect(app.control.counts()).toEqual({ served: 1, inFlight: 0 });
});

test('in fork mode the app stops listening and finishes too', async () => {
  const app = await pool.fork(`${HTTP} server.on('listening', () => console.log('port', server.address().port, '.'));
    process.on('SIGINT', () => server.close((error) => { console.log('closed', error); process.exit() }))`);
  const port = Number(/port (\d+) /.exec(await app.printed(' .'))?.[1]);
  const answer = ask(port, '/held');
  await app.printed('held');
  const drained = app.control.drain({ idleGraceMs: 0 });
  app.child.send('release');
  expect(await answer).toEqual({ body: 'held', connection: 'close' });
  expect(await drained).toBe('drained');
  await expect(ask(port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  app.child.kill('SIGINT');
  await app.exited;
  expect(app.output).toContain('closed undefined');
});

test('requests are counted from the moment it is asked for, with those being answered', async () => {
  const app = await pool.spawn(HTTP);
  const port = await app.port();
  await ask(port, '/');
  const answer = ask(port, '/held');
  await app.printed('held');
  app.control.startCounting();
  await expect.poll(() => app.control.counts()).toEqual({ served: 0, inFlight: 1 });
  app.child.send('release');
  await answer;
  for (let i = 0; i < 5; i++) await ask(port, '/');
  expect(await drain(app, 0)).toBe('drained');
  expect(app.control.counts()).toEqual({ served: 6, inFlight: 0 });
});

test('what a killed worker had taken stays counted', async () => {
  const app = await pool.spawn(HTTP);
  const port = await app.port();
  app.control.startCounting();
  const lost = expect(ask(port, '/held')).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect.poll(() => app.control.counts()).toEqual({ served: 0, inFlight: 1 });
  app.child.kill('SIGKILL');
  await app.exited;
  expect(app.control.counts()).toEqual({ served: 0, inFlight: 1 });
  await lost;
});
