import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Client } from '../../../src/protocol/client.ts';
import { MAX_REQUEST_BYTES } from '../../../src/protocol/framing.ts';
import type { Handlers } from '../../../src/protocol/messages.ts';
import { type Server, type ServerConnection, serve } from '../../../src/protocol/server.ts';
import { fail, succeed } from '../../../src/shared/outcome.ts';
import { problem } from '../../../src/shared/problems.ts';

interface Requests {
  'word.echo': { params: { word: string }; result: { word: string } };
  'word.refuse': { params: Record<string, never>; result: null };
  'word.throw': { params: Record<string, never>; result: null };
  'word.wait': { params: Record<string, never>; result: { aborted: true } };
  'word.tell': { params: { count: number; bytes: number }; result: { told: number } };
}
interface Event {
  readonly number: number;
  readonly text: string;
}

let folder: string;
let socketPath: string;
let server: Server;
let connections: ServerConnection<Event>[];
let bugs: unknown[];
let abortsSeen: (() => void)[];

const handlers = (connection: ServerConnection<Event>): Handlers<Requests> => ({
  'word.echo': async ({ word }) => succeed({ word }),
  'word.refuse': async () => fail(problem('target/not-found', { wanted: 'x', known: ['api'] })),
  'word.throw': async () => {
    throw new Error('a bug');
  },
  'word.wait': (_params, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        for (const seen of abortsSeen) seen();
        resolve(succeed({ aborted: true }));
      });
    }),
  'word.tell': async ({ count, bytes }) => {
    setImmediate(() => {
      for (let number = 1; number <= count; number += 1) connection.send({ number, text: 'x'.repeat(bytes) });
    });
    connection.send({ number: 0, text: '' });
    return succeed({ told: count });
  },
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pm-protocol-'));
  socketPath = join(folder, 'test.sock');
  connections = [];
  bugs = [];
  abortsSeen = [];
  server = await serve<Requests, Event>({
    socketPath,
    handlers: (connection) => {
      connections.push(connection);
      return handlers(connection);
    },
    onBug: (error) => bugs.push(error),
  });
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function client(): Promise<Client<Requests, Event>> {
  const connected = await Client.connect<Requests, Event>(socketPath);
  if (!connected.ok) throw new Error(connected.problem.message);
  return connected.value;
}

describe('a client and a server', () => {
  test('answer requests, refusals and bugs, each to its own', async () => {
    const us = await client();
    const [echo, refused, bug] = await Promise.all([
      us.call('word.echo', { word: 'é日本\n🚀' }),
      us.call('word.refuse', {}),
      us.call('word.throw', {}),
    ]);
    expect(echo).toEqual(succeed({ word: 'é日本\n🚀' }));
    expect(refused).toEqual(fail(problem('target/not-found', { wanted: 'x', known: ['api'] })));
    expect(bug).toMatchObject({ ok: false, problem: { code: 'internal/error' } });
    expect(bugs).toEqual([new Error('a bug')]);
    us.close();
  });

  test('keep the socket to its owner', () => {
    expect(statSync(socketPath).mode & 0o777).toBe(0o600);
  });

  test('abort a request when it is told so, and when its client goes away', async () => {
    const us = await client();
    const controller = new AbortController();
    const waiting = us.call('word.wait', {}, { signal: controller.signal });
    controller.abort();
    expect(await waiting).toEqual(succeed({ aborted: true }));

    const aborted = new Promise<void>((resolve) => abortsSeen.push(resolve));
    const lost = us.call('word.wait', {});
    await us.call('word.echo', { word: 'the request before has arrived' });
    us.close();
    expect(await lost).toMatchObject({ ok: false, problem: { code: 'daemon/lost' } });
    await aborted;
    expect(await us.call('word.echo', { word: 'late' })).toMatchObject({ ok: false, problem: { code: 'daemon/lost' } });
  });

  test('tell events in order, later ones only after the reply before them was seen', async () => {
    const us = await client();
    const seen: (number | string)[] = [];
    const all = new Promise<void>((resolve) => {
      us.onEvent(({ number }) => {
        seen.push(number);
        if (number === 3) resolve();
      });
    });
    await us.call('word.tell', { count: 3, bytes: 1 });
    seen.push('reply');
    await all;
    expect(seen).toEqual([0, 'reply', 1, 2, 3]);
    us.close();
  });

  test('part when the client does not read its events', async () => {
    const socket = connect(socketPath);
    socket.on('error', () => {});
    socket.write(
      `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'word.tell', params: { count: 40, bytes: 1e6 } })}\n`,
    );
    socket.pause();
    while (connections.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await new Promise<void>((resolve) => connections[0]?.onClose(resolve));
    socket.destroy();
  });

  test('say when nobody listens', async () => {
    const connected = await Client.connect<Requests, Event>(join(folder, 'nobody.sock'));
    expect(connected).toMatchObject({ ok: false, problem: { code: 'daemon/unreachable' } });
  });
});

/** Sends raw bytes and returns the first answer; `closed` says whether the server hangs up after it. */
async function send(bytes: string): Promise<{ answer: unknown; socket: Socket; closed: Promise<void> }> {
  const socket = connect(socketPath);
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let text = '';
  const line = new Promise<string>((resolve) =>
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    }),
  );
  socket.write(bytes);
  return { answer: JSON.parse(await line), socket, closed };
}

const request = (fields: object): string => `${JSON.stringify({ jsonrpc: '2.0', id: 7, ...fields })}\n`;

describe('garbage gets one error and touches nobody else', () => {
  test.each([
    ['HTTP', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', null, -32600],
    ['binary', '\u0000\u00ff\u0001\n', null, -32600],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}\n`, null, -32600],
    ['a line without end', 'x'.repeat(MAX_REQUEST_BYTES + 1), null, -32600],
  ])('%s, and is hung up on', async (_name, bytes, id, code) => {
    const other = await client();
    const { answer, closed } = await send(bytes);
    expect(answer).toMatchObject({ jsonrpc: '2.0', id, error: { code, data: { code: 'protocol/bad-message' } } });
    await closed;
    expect(await other.call('word.echo', { word: 'fine' })).toEqual(succeed({ word: 'fine' }));
    other.close();
  });

  test.each([
    ['null', 'null\n', null, 'protocol/bad-message'],
    ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"word.echo"}]\n', null, 'protocol/bad-message'],
    ['another version', request({ jsonrpc: '1.0', method: 'word.echo' }), 7, 'protocol/bad-message'],
    ['an odd id', request({ id: {}, method: 'word.echo' }), null, 'protocol/bad-message'],
    ['an odd method', request({ method: 5 }), 7, 'protocol/bad-message'],
    ['no method', request({}), 7, 'protocol/bad-message'],
    ['a reply to nothing', request({ result: 1 }), 7, 'protocol/bad-message'],
    ['an unknown method', request({ method: 'word.shout' }), 7, 'protocol/unknown-method'],
    ['a property of every object', request({ method: 'constructor' }), 7, 'protocol/unknown-method'],
  ])('%s, and may go on', async (_name, bytes, id, code) => {
    const { answer, socket } = await send(bytes);
    expect(answer).toMatchObject({ jsonrpc: '2.0', id, error: { data: { code } } });
    const next = new Promise<string>((resolve) => socket.on('data', (chunk) => resolve(chunk.toString())));
    socket.write(request({ id: 'next', method: 'word.echo', params: { word: 'on' } }));
    expect(JSON.parse(await next)).toEqual({ jsonrpc: '2.0', id: 'next', result: { word: 'on' } });
    socket.destroy();
  });
});
