import { readFileSync } from 'node:fs';

let starts = 0;

/**
 * A text that no other start of a process has, in the form of a UUID. From the kernel where it gives one (random(4)): node:crypto
 * would stay in the memory of every master for this alone.
 */
export function newStartMarker(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/uuid', 'latin1').trim();
  } catch {
    starts += 1;
    const hex = (value: number, digits: number) => Math.floor(value).toString(16).padStart(digits, '0').slice(-digits);
    const random = () => hex(Math.random() * 2 ** 16, 4);
    return `${hex(process.pid, 8)}-${hex(starts, 4)}-4${random().slice(1)}-8${random().slice(1)}-${hex(Date.now(), 12)}`;
  }
}
