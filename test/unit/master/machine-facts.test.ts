import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { findPortHolder } from '../../../src/master/port-holder.ts';
import { descendantsOf, markedProcesses, startTicksOf } from '../../../src/master/process-tree.ts';

const started: number[] = [];
afterEach(() => {
  for (const pid of started.splice(0)) process.kill(pid, 'SIGKILL');
});

/** A shell with a child, and a process that left both by setsid(1). Prints the two pids when they run. */
async function spawnFamily(marker: string): Promise<{ shell: number; child: number; stray: number }> {
  const script = 'sleep 60 & setsid sleep 60 < /dev/null > /dev/null 2>&1 & echo $! ; jobs -p; wait';
  const shell = spawn('bash', ['-c', script], { env: { PATH: process.env.PATH, unique_id: marker } });
  const [chunk] = await once(shell.stdout, 'data');
  const [stray, child] = String(chunk).split('\n').map(Number);
  const family = { shell: shell.pid ?? 0, child: child ?? 0, stray: stray ?? 0 };
  started.push(family.shell, family.child, family.stray);
  return family;
}

test('the holder of a port is found by its pid', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has one
  expect(await findPortHolder(port)).toMatchObject({ pid: process.pid });
  server.close();
  await once(server, 'close');
  expect(await findPortHolder(port)).toBeUndefined();
});

test('descendants are found by their parents, and those that left by the marker in their environment', async () => {
  const marker = `marker-${process.pid}-${Date.now()}`;
  const family = await spawnFamily(marker);
  expect(await descendantsOf(family.shell)).toContain(family.child);
  expect((await markedProcesses(marker)).sort()).toEqual(Object.values(family).sort());
});

test('a start time tells a process from another with its pid', () => {
  expect(startTicksOf(process.pid)).toBeGreaterThan(0);
  expect(startTicksOf(2 ** 22 + 1)).toBe(0);
});
