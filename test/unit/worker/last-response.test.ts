import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { closeAfter } from '../../../src/worker/last-response.ts';

/** What a client is told about the connection by an answer of `write`. */
async function connectionSaid(write: RequestListener): Promise<unknown> {
  const server = createServer(write).listen(0);
  await once(server, 'listening');
  const request = get({ port: (server.address() as AddressInfo).port, headers: { connection: 'keep-alive' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  await once(response.resume(), 'close');
  server.closeAllConnections();
  server.close();
  return response.headers['x-app'] === 'kept' ? response.headers.connection : 'other headers are lost';
}

const KEPT = { 'X-App': 'kept' };

type Write = (response: ServerResponse) => unknown;

test.each<[string, Write]>([
  ['end()', (response) => response.setHeader('X-App', 'kept').end()],
  ['setHeader', (response) => response.setHeader('connection', 'keep-alive').setHeader('X-App', 'kept').end()],
  ['writeHead with an object', (response) => response.writeHead(200, { ...KEPT, CONNECTION: 'keep-alive' }).end()],
  ['writeHead with a reason', (response) => response.writeHead(200, 'Fine', { ...KEPT, Connection: 'x' }).end()],
  ['writeHead with a list', (response) => response.writeHead(200, ['X-App', 'kept', 'Connection', 'keep-alive']).end()],
  [
    'removeHeader',
    (response) => {
      response.setHeader('X-App', 'kept').removeHeader('Connection');
      response.end();
    },
  ],
])('the last response says so, written by %s', async (_, write) => {
  expect(
    await connectionSaid((_request, response) => {
      closeAfter(response);
      write(response);
    }),
  ).toBe('close');
});

test('it can be undone until it is written', async () => {
  expect(
    await connectionSaid((_, response) => {
      closeAfter(response)();
      response.writeHead(200, KEPT).end();
    }),
  ).toBe('keep-alive');
});
