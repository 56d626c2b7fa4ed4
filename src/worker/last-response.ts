import type { ServerResponse } from 'node:http';

/**
 * Makes a response the last on its connection and has it say so (`Connection: close`), whatever the app or a proxied answer says
 * about `Connection`. Returns how to undo it while the headers are not sent.
 */
export function closeAfter(response: ServerResponse): () => void {
  const { shouldKeepAlive, writeHead } = response;
  let active = true;
  response.shouldKeepAlive = false;
  response.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    if (active) {
      this.setHeader('Connection', 'close');
      args = args.map(withoutConnection);
    }
    return Reflect.apply(writeHead, this, args);
  } as ServerResponse['writeHead']; // its overloads differ in their last two arguments only
  return () => {
    active = false;
    response.shouldKeepAlive = shouldKeepAlive;
  };
}

function withoutConnection(argument: unknown): unknown {
  if (typeof argument !== 'object' || argument === null) return argument;
  if (!Array.isArray(argument)) {
    return Object.fromEntries(Object.entries(argument).filter(([name]) => !isConnection(name)));
  }
  if (Array.isArray(argument[0])) return argument.filter((pair) => !isConnection(pair[0]));
  return argument.filter((_, i) => !isConnection(argument[i - (i % 2)]));
}

const isConnection = (name: unknown): boolean => typeof name === 'string' && name.toLowerCase() === 'connection';
