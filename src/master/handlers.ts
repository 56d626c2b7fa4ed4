import type { Handlers, MasterEvent, MasterRequests } from '../protocol/messages.ts';
import type { ServerConnection } from '../protocol/server.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { VERSION } from '../shared/version.ts';
import { logFilesOf } from './log-paths.ts';
import type { MasterLogs } from './logs/master-logs.ts';
import type { Pools } from './pools.ts';
import type { Slot } from './slot.ts';
import { inspectAll, sendTo, signalAll, triggerIn, typeInto } from './worker-talk.ts';

export interface MasterFacts {
  readonly id: string;
  readonly pools: Pools;
  readonly logs: MasterLogs;
  /** Ends this process, once the answer is out. */
  exit(): void;
}

/** What a master answers to its daemon, one row per request. */
export const handlersFor = ({ id, pools, logs, exit }: MasterFacts) => {
  const onWorker = <T>(app: string, pmId: number, act: (slot: Slot) => Outcome<T>): Promise<Outcome<T>> =>
    pools.with(app, async (pool) => {
      const [slot] = pool.pick([pmId]);
      return slot ? act(slot) : fail(problem('worker/not-found', { pmId }));
    });
  return (connection: ServerConnection<MasterEvent>): Handlers<MasterRequests> => ({
    'master.describe': async () => {
      const { apps, unsubscribe } = pools.subscribe((event) => connection.send(event));
      connection.onClose(unsubscribe);
      return succeed({ id, pid: process.pid, version: VERSION, apps });
    },
    'master.exit': async () => {
      if (!pools.isEmpty) return fail(problem('app/busy', { name: `master ${id}`, doing: 'run of its apps' }));
      exit();
      return succeed({});
    },
    'pool.add': (params) => pools.add(params),
    'pool.restart': ({ app, pmIds, ...renewal }) =>
      pools.with(app, async (pool) => succeed(await pool.restart(pmIds, renewal))),
    'pool.stop': ({ app, pmIds, spec }) => pools.with(app, async (pool) => succeed(await pool.stop(pmIds, spec))),
    'pool.delete': ({ app, pmIds }) => pools.with(app, async (pool) => succeed(await pool.delete(pmIds))),
    'pool.reset': ({ app, pmIds }) => pools.with(app, async (pool) => succeed(await pool.reset(pmIds))),
    'pool.reload': ({ app, pmIds, ...renewal }, signal) =>
      pools.with(app, (pool) => pool.reload(pmIds, signal, renewal)),
    'pool.signal': ({ app, pmIds, signal }) =>
      pools.with(app, async (pool) => succeed({ pmIds: signalAll(pool.pick(pmIds), signal as NodeJS.Signals) })), // the daemon checked it
    'pool.trigger': ({ app, pmIds, ...what }) =>
      pools.with(app, async (pool) => succeed({ replies: await triggerIn(pool.pick(pmIds), what) })),
    'pool.inspect': ({ app, pmIds }) =>
      pools.with(app, async (pool) => succeed({ inspectors: await inspectAll(pool.pick(pmIds)) })),
    'worker.send': ({ app, pmId, message }) => onWorker(app, pmId, (slot) => sendTo(slot, message)),
    'worker.type': ({ app, pmId, text }) => onWorker(app, pmId, (slot) => typeInto(slot, text)),
    'master.reports': async () => succeed({ reports: pools.reports() }),
    'messages.watch': async ({ on }) => {
      pools.listen(on);
      connection.onClose(() => pools.listen(false)); // the next daemon says what it wants
      return succeed({});
    },
    'logs.flush': ({ app, pmIds }) =>
      pools.with(app, async (pool) => {
        const files = logFilesOf(pool.pick(pmIds));
        const flushed = await logs.flush(files);
        if (!flushed.ok) return flushed;
        for (const pmId of pmIds) logs.losses.forget(pmId);
        return succeed({ files });
      }),
    'logs.rotate': ({ app, pmIds }) => pools.with(app, (pool) => logs.rotate(logFilesOf(pool.pick(pmIds)))),
    'logs.reopen': async () => {
      await logs.reopen();
      return succeed({});
    },
    'logs.settings': async () => {
      await logs.settingsChanged();
      return succeed({});
    },
  });
};
