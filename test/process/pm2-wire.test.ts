import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AmpDecoder, encodeAmp } from '../../src/pm2-wire/amp.ts';
import { type ListedWorker, Rig } from '../helpers/rig.ts';

/** What PM2's own client does: calls on one socket, events on the other. */
class Pm2Client implements Disposable {
  readonly events: unknown[][] = [];
  readonly #rpc: Socket;
  readonly #pub: Socket;
  readonly #waiting = new Map<string, (answer: { args?: unknown[]; error?: string }) => void>();

  constructor(home: string) {
    this.#rpc = this.#open(join(home, 'rpc.sock'), ([answer, id]) =>
      this.#waiting.get(String(id))?.(answer as { args?: unknown[]; error?: string }),
    );
    this.#pub = this.#open(join(home, 'pub.sock'), (event) => this.events.push(event));
  }

  /** Gives what the call gives back, or the words of its failure. */
  async call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    const id = `1:${this.#waiting.size}`;
    const answered = new Promise<{ args?: unknown[]; error?: string }>((resolve) => this.#waiting.set(id, resolve));
    this.#rpc.write(encodeAmp([{ type: 'call', method, args }, id]));
    const answer = await answered;
    return answer.error ?? answer.args?.[0];
  }

  async record(method: string, given: unknown): Promise<unknown[]> {
    const { name, pm_id, pm2_env } = (await this.call(method, given)) as ListedWorker;
    return [name, pm_id, pm2_env.status, pm2_env.restart_time];
  }

  [Symbol.dispose](): void {
    this.#rpc.destroy();
    this.#pub.destroy();
  }

  #open(path: string, hear: (message: unknown[]) => unknown): Socket {
    const decoder = new AmpDecoder();
    return connect(path).on('data', (chunk) => decoder.push(chunk).forEach(hear));
  }
}

test("in a home of PM2_HOME, tools with PM2's own client list, act, send and hear what happens", async () => {
  await using rig = await Rig.create();
  delete rig.env.PM_HOME;
  Object.assign(rig.env, { PM2_HOME: rig.home, SECRET: 'not for everybody' });
  await rig.ok('start', rig.fixture('talks.js'), '--name', 'app');
  using client = new Pm2Client(rig.home);
  const heard = (name: string) => client.events.filter(([told]) => told === name).map(([, packet]) => packet);
  await rig.until('a message of the app to be told', async () => {
    await client.call('sendDataToProcessId', { id: 0, topic: 'echo', data: { hello: 'world' } });
    return heard('echoed')[0];
  });
  expect(heard('echoed')[0]).toMatchObject({ data: { hello: 'world' }, process: { pm_id: 0, name: 'app' } });

  const list = (await client.call('getMonitorData', {})) as ListedWorker[];
  expect(list.map(({ name, pm_id, pm2_env }) => [name, pm_id, pm2_env.pm_id, pm2_env.status])).toEqual([
    ['app', 0, 0, 'online'],
  ]);
  expect(await client.call('ping', {})).toEqual({ msg: 'pong' });
  expect(await client.call('nothing', {})).toBe('method "nothing" does not exist');
  expect(await client.call('stopProcessId', 77)).toBe('77 : id unknown');
  expect(await client.record('stopProcessId', 0)).toEqual(['app', 0, 'stopped', 0]);
  expect(await client.record('startProcessId', 0)).toEqual(['app', 0, 'online', 0]);
  expect(await client.record('restartProcessId', { id: 0, env: {} })).toEqual(['app', 0, 'online', 1]);
  expect(await client.call('sendSignalToProcessName', { process_name: 'nobody', signal: 'SIGUSR2' })).toBe(
    'Unknown process name',
  );
  expect(await client.call('reloadLogs', {})).toEqual({});
  expect(await client.call('getSystemData', {})).toMatchObject({ 'CPU Usage': { type: 'metric', unit: '%' } });
  expect(await client.call('getReport', {})).toMatchObject({ pm2_version: '7.0.4', managed_apps: 1, env: {} });
  const isWatched = async () => (await rig.workers('app'))[0]?.pm2_env.watch;
  await client.call('startWatch', 'restartProcessId', 0);
  expect(await isWatched()).toBe(true);
  await client.call('toggleWatch', 'stopAll', 0);
  expect(await isWatched()).toBe(false);
  const profile = join(rig.work, 'daemon.cpuprofile');
  expect(await client.call('profileCPU', { pwd: profile, timeout: 50 })).toEqual({ file: profile });
  expect(JSON.parse(rig.read(profile))).toHaveProperty('nodes');
  const prepared = { name: 'other', pm_exec_path: rig.fixture('ticks.js'), pm_cwd: rig.work, exec_mode: 'fork_mode' };
  expect(await client.call('prepare', { ...prepared, env: {} })).toMatchObject([{ name: 'other', pm_id: 1 }]);
  expect(await client.record('deleteProcessId', 1)).toEqual(['other', 1, 'stopped', 0]);

  await rig.until('a line of the log', () => heard('log:out')[0]);
  await rig.until('the last event', () => JSON.stringify(heard('process:event').at(-1)).includes('"delete"'));
  const steps = heard('process:event').map((packet) => (packet as { event: string }).event);
  expect(new Set(steps)).toEqual(new Set(['exit', 'stop', 'online', 'restart', 'start', 'delete']));
  expect(JSON.stringify(client.events)).not.toContain(rig.env.SECRET);
  await rig.ok('kill');
  await rig.until('the end', () => heard('pm2:kill').length === 1);
});
