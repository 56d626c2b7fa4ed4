import type { App } from '../../protocol/app.ts';
import { type AppSpec, appKey } from '../../shared/app-spec.ts';
import type { Status, WorkerView } from '../../shared/worker-view.ts';
import type { Connection } from '../connection.ts';
import { type PmEvent, streamEvents } from '../event-stream.ts';
import { Bus } from './bus.ts';
import { BusLogs } from './bus-logs.ts';
import {
  type BusEvent,
  EXCEPTION,
  exceptionEvent,
  KILLED,
  messageEvent,
  processEvent,
  stepsBetween,
} from './bus-packets.ts';

/** Opens PM2's bus: what happens to workers, what they say and what they print. Resolves once nothing new is missed. */
export async function openBus(connection: Connection): Promise<Bus> {
  const ended = new AbortController();
  const bus = new Bus(() => ended.abort());
  const emit = ({ name, packet }: BusEvent) => bus.emit(name, packet);
  const logs = new BusLogs(emit);
  const scene = new BusScene(emit, logs);
  await logs.addDaemon(connection.paths.daemonLog);
  const events = streamEvents(connection, { messages: true, signal: ended.signal });
  const first = await events.next();
  if (!first.done) await scene.hear(first.value);
  void (async () => {
    for await (const event of events) await scene.hear(event);
    await logs.close();
  })();
  return bus;
}

interface Known {
  readonly view: WorkerView;
  /** It was stopped, or given up, since it was last online: coming online again is a restart that somebody asked for. */
  readonly asked: boolean;
}

const SAME_EXCEPTION_MS = 1000;

const RESTING: ReadonlySet<Status> = new Set(['stopping', 'stopped', 'errored']);

/** What a listener of the bus has been told of, so that the next change can be named. */
class BusScene {
  readonly #emit: (event: BusEvent) => void;
  readonly #logs: BusLogs;
  readonly #specs = new Map<string, AppSpec>();
  readonly #workers = new Map<number, Known>();
  /** When the code of a worker told of an exception: what Node prints right after it is the same one. */
  readonly #confessedAt = new Map<number, number>();

  constructor(emit: (event: BusEvent) => void, logs: BusLogs) {
    this.#emit = emit;
    this.#logs = logs;
  }

  async hear(event: PmEvent): Promise<void> {
    if (event.type === 'snapshot') return this.#learn(event.apps);
    if (event.type === 'usage') return;
    if (event.type === 'daemon-killed') return this.#emit(KILLED);
    if (event.type === 'spec-changed') return void this.#specs.set(event.app, event.spec);
    const spec = this.#specs.get(event.app);
    if (spec === undefined) return;
    switch (event.type) {
      case 'worker-message': {
        const told = messageEvent(spec, event);
        if (told.name === EXCEPTION) this.#confessedAt.set(event.pmId, event.at);
        return this.#emit(told);
      }
      case 'worker-changed':
        return this.#change(spec, event.worker);
      case 'worker-exited': {
        const view = this.#workers.get(event.pmId)?.view;
        if (view) this.#emit(processEvent(spec, view, { event: 'exit', manually: false, at: event.exit.at }));
        const exception = exceptionEvent(spec, event.pmId, event.exit);
        const confessedAt = this.#confessedAt.get(event.pmId) ?? 0;
        if (exception && event.exit.at - confessedAt > SAME_EXCEPTION_MS) this.#emit(exception);
        return;
      }
      case 'worker-removed': {
        const view = this.#workers.get(event.pmId)?.view;
        this.#workers.delete(event.pmId);
        if (view) this.#emit(processEvent(spec, view, { event: 'delete', manually: true, at: Date.now() }));
      }
    }
  }

  async #learn(apps: readonly App[]): Promise<void> {
    for (const { workers, ...shown } of apps) {
      const spec: AppSpec = { ...shown, env: {}, envBlocks: {} };
      this.#specs.set(appKey(spec), spec);
      for (const { cpuPercent, memoryBytes, actions, metrics, options, ...view } of workers) {
        this.#workers.set(view.pmId, { view, asked: RESTING.has(view.status) });
        await this.#logs.add(spec, view);
      }
    }
  }

  async #change(spec: AppSpec, view: WorkerView): Promise<void> {
    const before = this.#workers.get(view.pmId);
    const asked = RESTING.has(view.status) || (before?.asked ?? false);
    this.#workers.set(view.pmId, { view, asked: asked && view.status !== 'online' });
    const steps = stepsBetween(before?.view, view, asked);
    for (const step of steps) this.#emit(processEvent(spec, view, { ...step, at: Date.now() }));
    await this.#logs.add(spec, view);
  }
}
