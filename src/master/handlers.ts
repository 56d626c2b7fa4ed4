import type { Handlers, MasterRequests, PoolEvent } from '../protocol/messages.ts';
import type { ServerConnection } from '../protocol/server.ts';
import { fail, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { VERSION } from '../shared/version.ts';
import type { MasterLogs } from './logs/master-logs.ts';
import type { Pools } from './pools.ts';

export interface MasterFacts {
  readonly id: string;
  readonly pools: Pools;
  readonly logs: MasterLogs;
  /** Ends this process, once the answer is out. */
  exit(): void;
}

/** What a master answers to its daemon, one row per request. */
export const handlersFor =
  ({ id, pools, logs, exit }: MasterFacts) =>
  (connection: ServerConnection<PoolEvent>): Handlers<MasterRequests> => ({
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
    'pool.stop': ({ app, pmIds }) => pools.with(app, async (pool) => succeed(await pool.stop(pmIds))),
    'pool.delete': ({ app, pmIds }) => pools.with(app, async (pool) => succeed(await pool.delete(pmIds))),
    'pool.reset': ({ app, pmIds }) => pools.with(app, async (pool) => succeed(await pool.reset(pmIds))),
    'pool.reload': ({ app, pmIds, ...renewal }, signal) =>
      pools.with(app, (pool) => pool.reload(pmIds, signal, renewal)),
    'logs.flush': ({ app, pmIds }) =>
      pools.with(app, async (pool) => {
        const files = pool.logFilesOf(pmIds);
        const flushed = await logs.flush(files);
        return flushed.ok ? succeed({ files }) : flushed;
      }),
    'logs.rotate': ({ app, pmIds }) => pools.with(app, (pool) => logs.rotate(pool.logFilesOf(pmIds))),
    'logs.reopen': async () => {
      await logs.reopen();
      return succeed({});
    },
  });
