import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DaemonEvent, DaemonRequests, Handlers, ListedApp } from '../../../src/protocol/messages.ts';
import { type Server, type ServerConnection, serve } from '../../../src/protocol/server.ts';
import { fail, succeed } from '../../../src/shared/outcome.ts';
import { problem } from '../../../src/shared/problems.ts';
import { DaemonSource } from '../../../src/ui/daemon-source.ts';
import type { SourceEvent } from '../../../src/ui/source.ts';
import { until } from '../../helpers/until.ts';
import { listed, spec, worker } from './samples.ts';

type Asked = Pick<DaemonRequests, 'events.subscribe' | 'app.list' | 'app.restart' | 'app.scale'>;

const CHANGED: DaemonEvent = { type: 'worker-changed', app: 'default/api', worker: worker(0, { status: 'stopping' }) };

let folder: string;
let server: Server;
let source: DaemonSource;
let apps: ListedApp[];
let asked: unknown[];
let connection: ServerConnection<DaemonEvent> | undefined;
let told: SourceEvent[];

const handlers = (): Handlers<Asked> => ({
  'events.subscribe': async (params) => {
    asked.push(params);
    return succeed({ apps });
  },
  'app.list': async () => succeed(apps),
  'app.restart': async (params) => {
    asked.push(params);
    return succeed({ reports: [], problems: [] });
  },
  'app.scale': async () => fail(problem('target/none')),
});

const open = () =>
  serve<Asked, DaemonEvent>({
    socketPath: join(folder, 'd.sock'),
    handlers: (opened) => {
      connection = opened;
      return handlers();
    },
  });

const tells = (count: number) =>
  until(`${count} events`, () => told.length >= count && told.map(({ type }) => type), {
    evidence: () => JSON.stringify(told),
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pm-ui-'));
  apps = [listed(spec(), [worker(0)])];
  asked = [];
  told = [];
  server = await open();
  source = new DaemonSource(join(folder, 'd.sock'));
});

afterEach(async () => {
  source.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

test('everything comes first, then what happens', async () => {
  source.subscribe((event) => told.push(event));
  await tells(1);
  connection?.send(CHANGED);
  expect(await tells(2)).toEqual(['snapshot', 'worker-changed']);
  expect(asked).toEqual([{ usageEveryMs: 1_000 }]);
});

test('a worker of an app that is new brings everything again, once', async () => {
  source.subscribe((event) => told.push(event));
  await tells(1);
  apps = [...apps, listed(spec({ name: 'new' }), [worker(1), worker(2)])];
  for (const pmId of [1, 2]) connection?.send({ type: 'worker-changed', app: 'default/new', worker: worker(pmId) });
  await tells(4);
  connection?.send({ type: 'worker-changed', app: 'default/new', worker: worker(1) });
  expect(await tells(5)).toEqual(['snapshot', 'worker-changed', 'worker-changed', 'snapshot', 'worker-changed']);
});

test('it says when the connection is lost, and tells everything of the next daemon', async () => {
  source.subscribe((event) => told.push(event));
  await tells(1);
  await server.close();
  await tells(2);
  expect(await source.act({ kind: 'restart', target: '0', label: '' })).toMatchObject({
    problems: [{ code: 'daemon/unreachable' }],
  });
  server = await open();
  await until('a snapshot of the next daemon', () => told.at(-1)?.type === 'snapshot');
  expect(told[1]?.type).toBe('connection-lost');
});

test('an action gives what the daemon answered', async () => {
  source.subscribe((event) => told.push(event));
  await tells(1);
  const nothing = { reports: [], receipts: [], problems: [] };
  expect(await source.act({ kind: 'restart', target: 'default/api', label: '' })).toEqual(nothing);
  expect(asked.at(-1)).toEqual({ targets: ['default/api'] });
  expect(await source.act({ kind: 'scale', target: 'default/api', label: '', by: 1 })).toEqual({
    ...nothing,
    problems: [problem('target/none')],
  });
});
