import type { Socket } from 'node:net';
import { Connection } from '../api/connection.ts';
import { KILLED } from '../api/pm2/bus-packets.ts';
import type { Paths } from '../shared/paths.ts';
import { answerCalls } from './calls.ts';
import { Publication } from './publication.ts';

/** What PM2's own client finds on its two sockets. */
export interface Pm2Wire {
  /** Answers the calls that come over a connection to `rpc.sock`. */
  readonly answer: (socket: Socket) => void;
  /** Tells a connection to `pub.sock` what happens. */
  readonly publish: (socket: Socket) => void;
  /** Tells all of them that everything was ended by hand. */
  readonly publishKill: () => void;
}

/** A translation: each call becomes one of the Node API, whose connection leads back to the daemon. */
export function pm2Wire(paths: Paths): Pm2Wire {
  const connection = new Connection(paths);
  const publication = new Publication(connection);
  return {
    answer: (socket) => answerCalls(socket, connection),
    publish: (socket) => publication.add(socket),
    publishKill: () => publication.tell(KILLED.name, KILLED.packet),
  };
}
