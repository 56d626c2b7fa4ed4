import { connect, type Socket } from 'node:net';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';

/** Connects to a Unix socket. Fails with daemon/unreachable: nobody listens there, or nobody takes the connection in time. */
export function openSocket(path: string, timeoutMs: number): Promise<Outcome<Socket>> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const giveUp = (reason: string) => {
      socket.destroy();
      resolve(fail(problem('daemon/unreachable', { socket: path, reason })));
    };
    let timer: NodeJS.Timeout | undefined;
    // Mostly it is connected before that, and has saved the time that the first timer of a process takes to set up.
    const late = setImmediate(() => {
      timer = setTimeout(() => giveUp(`it took no connection within ${timeoutMs} ms`), timeoutMs);
    });
    const cancelTimer = () => {
      clearImmediate(late);
      clearTimeout(timer);
    };
    socket.once('error', (error: NodeJS.ErrnoException) => {
      cancelTimer();
      giveUp(connectReason(error));
    });
    socket.once('connect', () => {
      cancelTimer();
      socket.removeAllListeners('error');
      resolve(succeed(socket));
    });
  });
}

function connectReason(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'there is no such socket';
  if (error.code === 'ECONNREFUSED') return 'nobody listens on it';
  if (error.code === 'EACCES') return 'this user may not use it';
  return error.message;
}
