import { once } from 'node:events';
import { createServer } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import { ClusterPool, type PoolWorker } from '../helpers/cluster-pool.ts';
import { freePort } from '../helpers/free-port.ts';
import { bodyOf } from '../helpers/http.ts';
import { until } from '../helpers/until.ts';

const server = (port: number, more = '') => `
  const server = require('node:http').createServer((_, response) => response.end(String(process.pid)));
  server.on('error', (error) => console.log(error.code)).listen(${port}); ${more}`;

let pool: ClusterPool;
beforeEach(async () => {
  pool = await ClusterPool.create();
  return () => pool[Symbol.asyncDispose]();
});

const isRefused = (port: number) =>
  bodyOf(port).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
  );

/** Freezes a worker: it acknowledges nothing any more. */
async function freeze({ child }: PoolWorker): Promise<void> {
  child.kill('SIGSTOP');
  const { readFile } = await import('node:fs/promises');
  await until('the worker to be frozen', async () =>
    (await readFile(`/proc/${child.pid}/stat`, 'utf8')).includes(') T '),
  );
}

test('workers take turns on one port', async () => {
  const [one, two] = [await pool.spawn(server(0)), await pool.spawn(server(0))];
  const port = await one.port();
  expect(await two.port()).toBe(port);
  expect(pool.balancer.scheduler(one.worker)).toBe('pm');
  const pids = [await bodyOf(port), await bodyOf(port), await bodyOf(port), await bodyOf(port)];
  expect(new Set(pids)).toEqual(new Set([String(one.child.pid), String(two.child.pid)]));
  expect(pids[0]).toBe(pids[2]);
  expect(pids[1]).toBe(pids[3]);
});

test('a connection whose worker dies before it took it goes to another', async () => {
  const [one, two] = [await pool.spawn(server(0)), await pool.spawn(server(0))];
  const port = await one.port();
  await two.port();
  await freeze(one);
  const answers = [bodyOf(port), bodyOf(port), bodyOf(port)]; // one of them is given to the frozen worker
  one.child.kill('SIGKILL');
  expect(await Promise.all(answers)).toEqual(Array(3).fill(String(two.child.pid)));
});

test('connections wait while no worker may have them', async () => {
  const first = await pool.spawn(server(0), { admit: false });
  const port = await first.port();
  const early = bodyOf(port);
  pool.balancer.admit(first.worker);
  expect(await early).toBe(String(first.child.pid));
  first.child.kill('SIGKILL');
  await first.exited;
  const waiting = [bodyOf(port), bodyOf(port)];
  const second = await pool.spawn(server(0));
  expect(await Promise.all(waiting)).toEqual([String(second.child.pid), String(second.child.pid)]);
});

test('a retired worker gets no more', async () => {
  const [one, two] = [await pool.spawn(server(0)), await pool.spawn(server(0))];
  const port = await one.port();
  await two.port();
  pool.balancer.retire(one.worker);
  for (let i = 0; i < 3; i++) expect(await bodyOf(port)).toBe(String(two.child.pid));
});

test('a connection is offered to each worker once, and closed when none takes it', async () => {
  const full = (port: number) =>
    server(port, `server.maxConnections = 0; if (+process.version.slice(1, 3) < 22) server.maxConnections = -1;`);
  const one = await pool.spawn(full(0));
  const port = await one.port();
  const two = await pool.spawn(server(0));
  await two.port();
  for (let i = 0; i < 3; i++) expect(await bodyOf(port)).toBe(String(two.child.pid));
  pool.balancer.retire(two.worker);
  await expect(bodyOf(port)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a port that is taken fails in the app as it does without a cluster, and is reported', async () => {
  const other = createServer().listen(0);
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const worker = await pool.spawn(server(port));
  await worker.printed('EADDRINUSE');
  expect(worker.bindFailures).toEqual([{ code: 'EADDRINUSE', address: null, port }]);
  other.close();
});

test('two servers of one app on one port fail as they do without a cluster', async () => {
  const port = await freePort();
  const worker = await pool.spawn(
    server(
      port,
      `require('node:net').createServer().on('error', (error) => console.log('second', error.code)).listen(${port})`,
    ),
  );
  await worker.printed('second EADDRINUSE');
  expect(await bodyOf(port)).toBe(String(worker.child.pid));
});

test('what the old workers listened on is closed once no worker wants it', async () => {
  const [before, after] = [await freePort(), await freePort()];
  const old = await pool.spawn(server(before));
  await old.port();
  const fresh = await pool.spawn(server(after));
  await fresh.port();
  pool.balancer.retire(old.worker);
  pool.balancer.closeUnused();
  expect(await isRefused(before)).toBe(true);
  expect(await bodyOf(after)).toBe(String(fresh.child.pid));
  pool.balancer.close();
  expect(await isRefused(after)).toBe(true);
});

test('a server that its app closes for good stops listening', async () => {
  const worker = await pool.spawn(server(0, `process.on('message', () => server.close())`));
  const port = await worker.port();
  worker.child.send('close');
  await until('the port to be closed', () => isRefused(port));
});

test('UDP and Unix sockets are left to Node', async () => {
  const worker = await pool.spawn(`
    const path = require('node:path').join(__dirname, 'app.sock');
    require('node:dgram').createSocket('udp4').bind(0);
    require('node:net').createServer((socket) => socket.end('hello')).listen(path, () =>
      require('node:net').connect(path).on('data', (data) => console.log(String(data))));`);
  await worker.printed('hello');
  await until('both to be announced', () => worker.listens.length === 2);
  expect(worker.listens.map(({ addressType }) => addressType).sort()).toEqual([-1, 'udp4']);
});

test('whatever an app sends over its channel, the others are served', async () => {
  const odd = await pool.spawn(`
    const messages = [null, 'NODE_CLUSTER', 7, {}, { cmd: 'NODE_CLUSTER' }, { cmd: 'NODE_PM' }, { cmd: 'NODE_PM', act: 'counts', served: 'x' }];
    for (const act of ['queryServer', 'listening', 'close', 'online', 'newconn', 'exitedAfterDisconnect', 'toString', 7])
      for (const port of [undefined, -1, 'x', 70000, {}])
        messages.push({ cmd: 'NODE_CLUSTER', act, port, seq: 0, key: 'x', address: port, addressType: port, fd: port });
    for (const ack of [0, 1, -1, -2, 'x', null]) messages.push({ cmd: 'NODE_CLUSTER', ack, accepted: true });
    for (const message of messages) process.send(message);
    process.send('sent', () => console.log('all sent'));
    process.on('message', () => {});`);
  await odd.printed('all sent');
  const worker = await pool.spawn(server(0));
  expect(await bodyOf(await worker.port())).toBe(String(worker.child.pid));
  expect(odd.control.counts()).toEqual({ served: 0, inFlight: 0 });
});
