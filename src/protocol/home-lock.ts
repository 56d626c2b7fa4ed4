import { link, mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootId, identify, type ProcessIdentity, stillRuns } from '../shared/process-identity.ts';

/**
 * Who may be the daemon of a home, without flock(2), which Node does not offer. The lock is a chain of numbered files: the owner is
 * in the one with the highest number. When that owner is dead, whoever makes the next number (link(2), which fails when the name
 * exists) is the new one. The highest is never removed, so numbers only grow and an old number cannot be taken again unnoticed.
 *
 * Two roles: the `daemon`, and the `starter` who is about to spawn one, so that fifty commands at once do not spawn fifty.
 */
export type LockRole = 'daemon' | 'starter';

/** A place in the chain. */
export interface HomeLock {
  /** Lets the next one in without waiting for our death. */
  release(): Promise<void>;
}

/** What a file of the chain says. */
interface Entry {
  readonly role: LockRole;
  readonly owner: ProcessIdentity;
  readonly boot: string;
  readonly takenAt: number;
  readonly released: boolean;
}

/** A starter that was stopped (Ctrl-Z) must not keep others from starting a daemon for ever. */
const STARTER_MAX_MS = 5000;

let attempts = 0;

/** Takes the lock in one of the roles; null: another lives who has it. A daemon takes over from any starter. */
export async function takeHomeLock(lockDir: string, role: LockRole): Promise<HomeLock | null> {
  await mkdir(lockDir, { recursive: true, mode: 0o700 });
  const [boot, owner] = await Promise.all([bootId(), identify(process.pid)]);
  if (owner === null) throw new Error(`The start time of our own process ${process.pid} cannot be read.`);
  const entry: Entry = { role, owner, boot, takenAt: Date.now(), released: false };
  for (;;) {
    const highest = await highestOf(lockDir);
    if (highest > 0 && (await isHeld(join(lockDir, String(highest)), { against: role, boot }))) return null;
    const mine = highest + 1;
    if (!(await create(lockDir, mine, entry))) continue;
    // An old number may have become free between our look and our link, when others took higher ones and removed it.
    if ((await highestOf(lockDir)) === mine) {
      await removeBelow(lockDir, mine);
      return { release: () => replace(lockDir, mine, { ...entry, released: true }) };
    }
    await unlink(join(lockDir, String(mine))).catch(() => {});
  }
}

async function isHeld(file: string, { against, boot }: { against: LockRole; boot: string }): Promise<boolean> {
  const entry = parseEntry(await readFile(file, 'utf8').catch(() => ''));
  if (entry === null || entry.released || entry.boot !== boot) return false;
  if (entry.role === 'starter') {
    const age = Date.now() - entry.takenAt;
    if (against === 'daemon' || age < 0 || age > STARTER_MAX_MS) return false;
  }
  return stillRuns(entry.owner);
}

/** An unreadable entry (disk full, edited by hand) holds nobody off. */
function parseEntry(text: string): Entry | null {
  try {
    const entry: Partial<Entry> | null = JSON.parse(text);
    return entry?.owner && entry.boot ? (entry as Entry) : null; // written by create() or replace()
  } catch {
    return null;
  }
}

async function create(lockDir: string, number: number, entry: Entry): Promise<boolean> {
  const temporary = await writeTemporary(lockDir, entry);
  try {
    await link(temporary, join(lockDir, String(number)));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(temporary);
  }
}

async function replace(lockDir: string, number: number, entry: Entry): Promise<void> {
  if ((await highestOf(lockDir)) !== number) return; // another took over
  await rename(await writeTemporary(lockDir, entry), join(lockDir, String(number)));
}

/** Whole before it has its name, so that nobody reads half of it. */
async function writeTemporary(lockDir: string, entry: Entry): Promise<string> {
  attempts += 1;
  const path = join(lockDir, `new-${process.pid}-${attempts}`);
  await writeFile(path, JSON.stringify(entry), { mode: 0o600 });
  return path;
}

async function numbersOf(lockDir: string): Promise<number[]> {
  return (await readdir(lockDir)).filter((name) => /^\d+$/.test(name)).map(Number);
}

const highestOf = async (lockDir: string): Promise<number> => Math.max(0, ...(await numbersOf(lockDir)));

async function removeBelow(lockDir: string, number: number): Promise<void> {
  const lower = (await numbersOf(lockDir)).filter((other) => other < number);
  await Promise.all(lower.map((other) => unlink(join(lockDir, String(other))).catch(() => {})));
}
