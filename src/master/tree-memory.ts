import { readdirSync, readFileSync } from 'node:fs';

/**
 * Resident memory of a process and of everything that descends from it (proc(5)): 0 where there is no /proc. Read at once, as
 * that takes some 10 microseconds a file, and a thread of the pool several times as long.
 */
export function treeMemoryBytes(root: number): number {
  const tree = [root];
  let bytes = 0;
  for (const pid of tree) {
    bytes += residentBytes(pid);
    tree.push(...childrenOf(pid));
  }
  return bytes;
}

function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** Each thread lists the children that it made itself. */
function childrenOf(pid: number): number[] {
  return threadsOf(pid)
    .flatMap((thread) => textOf(`/proc/${pid}/task/${thread}/children`).split(' '))
    .map(Number)
    .filter((child) => child > 0);
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // gone
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // gone, or a kernel that does not list children
  }
}
