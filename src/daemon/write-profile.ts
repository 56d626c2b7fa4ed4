import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Profiles this process for a time, and writes what DevTools opens. Resolves with why it failed; null: it did not. */
export async function writeProfile({
  what,
  durationMs,
  path,
}: {
  what: 'cpu' | 'heap';
  durationMs: number;
  path: string;
}): Promise<string | null> {
  const session = new Session();
  session.connect();
  try {
    const profile = what === 'cpu' ? await cpuProfile(session, durationMs) : await heapProfile(session, durationMs);
    await writeFile(path, JSON.stringify(profile), { mode: 0o600 });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    session.disconnect();
  }
}

async function cpuProfile(session: Session, durationMs: number): Promise<unknown> {
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await delay(durationMs);
  return (await session.post('Profiler.stop')).profile;
}

async function heapProfile(session: Session, durationMs: number): Promise<unknown> {
  await session.post('HeapProfiler.enable');
  await session.post('HeapProfiler.startSampling');
  await delay(durationMs);
  return (await session.post('HeapProfiler.stopSampling')).profile;
}
