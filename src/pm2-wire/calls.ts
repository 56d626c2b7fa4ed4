import type { Socket } from 'node:net';
import type { Connection } from '../api/connection.ts';
import { AmpDecoder, encodeAmp } from './amp.ts';
import { methods } from './methods.ts';

/** Answers `{ type: 'call', method, args }` and `{ type: 'methods' }`, each with the id that came with it. */
export function answerCalls(socket: Socket, connection: Connection): void {
  const decoder = new AmpDecoder();
  const reply = (id: unknown, answer: object) => {
    if (socket.writable) socket.write(encodeAmp([answer, id]));
  };
  socket.on('data', (chunk: Buffer) => {
    let messages: unknown[][];
    try {
      messages = decoder.push(chunk);
    } catch {
      socket.destroy(); // nothing after this can be understood
      return;
    }
    for (const [request, id] of messages) {
      void answerTo(request, connection).then(
        (answer) => reply(id, answer),
        (error: unknown) => reply(id, { error: error instanceof Error ? error.message : String(error) }),
      );
    }
  });
  socket.resume();
}

async function answerTo(request: unknown, connection: Connection): Promise<object> {
  const { type, method, args }: { type?: unknown; method?: unknown; args?: unknown } =
    typeof request === 'object' && request !== null ? request : {};
  if (type === 'methods') {
    const rows = Object.keys(methods).map((name) => [name, { name, params: ['env', 'cb'] }]);
    return { methods: Object.fromEntries(rows) };
  }
  const name = String(method);
  const row = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (row === undefined) throw new Error(`method "${name}" does not exist`);
  const [given, value] = Array.isArray(args) ? args : [];
  const result = await row({ connection, given, value });
  return { args: result === undefined ? [] : [result] };
}
