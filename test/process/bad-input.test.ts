import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test('garbage on the socket is refused, and nobody else is disturbed', async () => {
  await using rig = await Rig.create();
  await rig.serve('http.js', '-i', '1');
  const daemon = rig.daemonPid();
  const pids = await rig.pids('app');
  const garbage = [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.from('{"jsonrpc":"2.0"}\n[]\nnull\n7\n"x"\n'),
    Buffer.from('{"jsonrpc":"2.0","id":1,"method":"__proto__","params":{}}\n'),
    Buffer.from('{"jsonrpc":"2.0","id":1,"method":"app.start","params":{"specs":"all"}}\n'),
    Buffer.from(
      '{"jsonrpc":"2.0","id":1,"method":"app.stop"}\n{"jsonrpc":"2.0","id":2,"method":"app.stop","params":{"targets":[7]}}\n',
    ),
    Buffer.alloc(20_000_000, 'x'), // without a newline
    Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x80]),
  ];
  for (const bytes of garbage) {
    const socket = connect(join(rig.home, 'daemon.sock'))
      .on('error', () => {})
      .resume();
    await once(socket, 'connect');
    socket.end(bytes);
    await once(socket, 'close');
  }
  expect(await rig.pids('app')).toEqual(pids);
  expect(rig.daemonPid()).toBe(daemon);
});

test.each([
  { mode: 'cluster', flags: ['-i', '2'] },
  { mode: 'fork', flags: [] },
])('a busy port names the process that holds it, in $mode mode', async ({ flags }) => {
  await using rig = await Rig.create();
  const port = await rig.freePort();
  const holder = createServer().listen(port);
  await once(holder, 'listening');
  rig.env.PORT = String(port);
  const start = await rig.pm('start', rig.fixture('http.js'), '--name', 'app', ...flags);
  holder.close();
  expect(start.code).toBe(1);
  expect(start.stderr).toContain('EADDRINUSE');
  expect(start.stderr).toMatch(new RegExp(`Port ${port} is held by process ${process.pid}`));
});
