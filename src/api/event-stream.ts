import { setTimeout as delay } from 'node:timers/promises';
import { type App, appOf } from '../protocol/app.ts';
import type { DaemonEvent } from '../protocol/messages.ts';
import { problem } from '../shared/problems.ts';
import type { Connection } from './connection.ts';
import { PmError } from './pm-error.ts';

/** What happens, in order. A snapshot comes first, and again after the daemon was replaced. Specs come without environment. */
export type PmEvent = DaemonEvent | { readonly type: 'snapshot'; readonly apps: readonly App[] };

/** What to be told, and until when. */
export interface EventOptions {
  /** Also what apps send over their IPC channel. Default: no. */
  readonly messages?: boolean;
  /** Also CPU and memory, this often. Default: no. */
  readonly usageEveryMs?: number;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

const RECONNECT_MS = 500;
const MAX_WAITING = 10_000;

/** Events as an async iterator. Rejects with `events/too-slow` when its reader leaves too many of them waiting. */
export async function* streamEvents(connection: Connection, options: EventOptions): AsyncGenerator<PmEvent, void> {
  const { signal } = options;
  while (!signal?.aborted) {
    yield* eventsOfOneDaemon(connection, options);
    await delay(RECONNECT_MS, undefined, signal ? { signal } : {}).catch(() => {});
  }
}

async function* eventsOfOneDaemon(
  connection: Connection,
  { signal, messages = false, usageEveryMs }: EventOptions,
): AsyncGenerator<PmEvent, void> {
  const opened = await connection.openStream();
  if (!opened.ok) return;
  const client = opened.value;
  const waiting: PmEvent[] = [];
  let open = true;
  let wake = () => {};
  client.onEvent((event) => {
    waiting.push(event);
    if (waiting.length > MAX_WAITING) client.close();
    wake();
  });
  client.onClose(() => {
    open = false;
    wake();
  });
  const close = () => client.close();
  signal?.addEventListener('abort', close, { once: true });
  try {
    const subscribed = await client.call('events.subscribe', {
      messages,
      ...(usageEveryMs === undefined ? {} : { usageEveryMs }),
    });
    if (!subscribed.ok) return;
    yield { type: 'snapshot', apps: subscribed.value.apps.map(appOf) };
    while (open || waiting.length > 0) {
      if (waiting.length > MAX_WAITING) throw new PmError(problem('events/too-slow', { events: MAX_WAITING }));
      const event = waiting.shift();
      if (event) yield event;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (signal?.aborted) return;
    }
  } finally {
    signal?.removeEventListener('abort', close);
    client.close();
  }
}
