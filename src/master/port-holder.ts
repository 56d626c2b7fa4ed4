import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/** A process that listens on a TCP port. */
export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

const LISTEN = '0A'; // proc(5): state TCP_LISTEN in /proc/net/tcp

/** Finds who listens on a port of this machine; undefined when it cannot be told (no rights, no /proc, nobody). */
export async function findPortHolder(port: number): Promise<PortHolder | undefined> {
  const sockets = new Set(
    (await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((t) => listenersIn(t, port)))).flat(),
  );
  if (sockets.size === 0) return undefined;
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => Number(name) > 0)) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const link = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (sockets.has(link)) return { pid: Number(pid), command: await commandOf(pid) };
    }
  }
  return undefined;
}

async function listenersIn(table: string, port: number): Promise<string[]> {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1);
  return rows.flatMap((row) => {
    const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
    return local?.endsWith(`:${hexPort}`) && state === LISTEN ? [`socket:[${inode}]`] : [];
  });
}

async function commandOf(pid: string): Promise<string> {
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').filter(Boolean);
  const [program, ...rest] = words;
  const script = rest.find((word) => !word.startsWith('-') && basename(word) !== 'preload.cjs'); // ours, of a worker
  return [program, script].filter(Boolean).join(' ');
}
