import { createServer } from 'node:net';

// Below the range that the kernel takes outgoing connections' ports from (ip_local_port_range, 32768 and up), which load
// generators use by the thousand.
const FIRST = 10_000;
const COUNT = 20_000;
let next = Math.floor(Math.random() * COUNT);

/** A TCP port that nobody listens on now and that this process has not been given before. */
export async function freePort(): Promise<number> {
  for (;;) {
    next = (next + 1) % COUNT;
    const port = FIRST + next;
    if (await canListen(port)) return port;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
