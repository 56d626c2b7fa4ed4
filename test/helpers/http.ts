import { type Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One GET on a connection of its own, or of `agent`. Rejects when the answer is not complete within `ms` (10 s). */
export function get(
  port: number,
  path = '/',
  { agent, ms = 10_000 }: { agent?: Agent; ms?: number } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, host: '127.0.0.1', agent: agent ?? false }, (response) => {
      collect(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    const timer = setTimeout(() => sent.destroy(new TimedOut(ms)), ms);
    sent
      .on('error', reject)
      .on('close', () => clearTimeout(timer))
      .end();
  });
}

/** The body of a successful GET. */
export async function bodyOf(port: number, path = '/'): Promise<string> {
  const { status, body } = await get(port, path);
  if (status !== 200) throw new Error(`GET ${path} on port ${port} was answered with ${status}: ${body}`);
  return body;
}

/** A GET whose answer has begun to arrive. */
export async function beginGet(port: number, path = '/'): Promise<{ readonly body: Promise<string>; hangUp(): void }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ port, path, host: '127.0.0.1', agent: false }, resolve).on('error', reject).end();
  });
  const body = collect(response);
  body.catch(() => {}); // hung up
  return { body, hangUp: () => response.destroy() };
}

/** Whether somebody listens there. */
export function acceptsConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

export class TimedOut extends Error {
  constructor(ms: number) {
    super(`No complete answer within ${ms} ms.`);
  }
}

async function collect(response: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk; // throws when it is cut off
  return body;
}
