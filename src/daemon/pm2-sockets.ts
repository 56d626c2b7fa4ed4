import { unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import type { Pm2Wire } from '../pm2-wire/pm2-wire.ts';
import { listenPrivately } from '../protocol/server.ts';
import { type Paths, pm2Sockets } from '../shared/paths.ts';

/** The sockets of PM2's own client, for tools that bring it along: in the home of `PM2_HOME` only. */
export interface Pm2Sockets {
  /** Takes no more connections, ends those that are there, and removes the socket files. `killed`: by hand, which they are told. */
  close(how: { killed: boolean }): Promise<void>;
}

/** Listens. What answers is loaded when a first client says something. */
export async function openPm2Sockets(paths: Paths, onBug: (error: unknown) => void): Promise<Pm2Sockets> {
  if (paths.names !== 'pm2') return { close: async () => {} };
  const sockets = new Set<Socket>();
  const files = pm2Sockets(paths);
  let loaded: Promise<Pm2Wire> | undefined;
  const wire = () => {
    loaded ??= import('../pm2-wire/pm2-wire.ts').then(({ pm2Wire }) => pm2Wire(paths));
    return loaded;
  };
  const listen = async (path: string, take: (socket: Socket) => void): Promise<Server> => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {}); // it is closed next
      socket.on('close', () => sockets.delete(socket));
      take(socket);
    });
    await unlink(path).catch(() => {});
    await listenPrivately(server, path);
    return server.on('error', onBug);
  };
  const rpc = await listen(files.rpc, (socket) => {
    // PM2's ping is a connection without a word.
    socket.once('readable', () => void wire().then(({ answer }) => answer(socket), onBug));
  });
  const pub = await listen(files.pub, (socket) => void wire().then(({ publish }) => publish(socket), onBug));
  return {
    async close({ killed }) {
      if (killed) (await loaded)?.publishKill();
      const closed = [rpc, pub].map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      for (const socket of sockets) socket.end().destroySoon();
      await Promise.all(closed);
    },
  };
}
