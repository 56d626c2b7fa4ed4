import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Connection } from '../../../bench/load/connection.ts';

const TIMEOUT_MS = 100;
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A connection to a server that treats each client so. */
async function connectionTo(serve: (socket: Socket) => void): Promise<Connection> {
  const server = createServer((socket) => {
    closers.push(() => socket.destroy());
    socket.once('data', () => serve(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  const connection = new Connection((server.address() as AddressInfo).port, TIMEOUT_MS); // it listens on TCP
  closers.push(() => connection.close());
  return connection;
}

const answer = (head: string, body: string) => `HTTP/1.1 ${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

describe("the load generator's connection tells what became of a request", () => {
  test.each<[string, (socket: Socket) => void, unknown]>([
    ['answered', (socket) => socket.write(answer('200 OK', 'hello')), { ok: true }],
    ['another status', (socket) => socket.write(answer('503 Busy', '')), { ok: false, kind: 'status', detail: '503' }],
    ['reset', (socket) => socket.resetAndDestroy(), { ok: false, kind: 'reset', detail: 'ECONNRESET' }],
    ['closed before it was complete', (socket) => socket.end(answer('200 OK', 'hello').slice(0, -1)), reset()],
    ['closed without a word', (socket) => socket.end(), reset()],
    ['hung', () => {}, { ok: false, kind: 'hung', detail: 'no answer' }],
  ])('%s', async (_what, serve, expected) => {
    const connection = await connectionTo(serve);
    expect(await connection.ask('/', true)).toEqual(expected);
  });

  test('refused', async () => {
    const connection = new Connection(1, TIMEOUT_MS); // tcpmux: nobody listens there
    expect(await connection.ask('/', true)).toMatchObject({ ok: false, kind: 'refused' });
  });

  test('an answer in pieces, and a second request on the same connection', async () => {
    const connection = await connectionTo((socket) => {
      for (const piece of answer('200 OK', 'hello').match(/.{1,7}/gs) ?? []) socket.write(piece);
      socket.on('data', () => socket.write(answer('200 OK\r\nConnection: close', 'bye')));
    });
    expect(await connection.ask('/', true)).toEqual({ ok: true });
    expect(connection.usable).toBe(true);
    expect(await connection.ask('/', true)).toEqual({ ok: true });
    expect(connection.usable).toBe(false);
  });
});

function reset() {
  return { ok: false, kind: 'reset', detail: 'the server closed the connection before it answered' };
}
