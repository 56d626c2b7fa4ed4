import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { installPrograms, runNode } from '../helpers/installed.ts';
import { Rig } from '../helpers/rig.ts';

/** What a script of Node printed; what it complains of is in it. */
const run = (...args: string[]): Promise<string> =>
  promisify(execFile)(process.execPath, args).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout || 'failed',
  );

/** Runs a program that has `pm` installed, also under the name of PM2, and gives what it printed. */
async function runProgram(rig: Rig, name: string): Promise<unknown> {
  await installPrograms(rig, name, 'throws.js');
  return JSON.parse(await runNode(rig, name, rig.fixture('talks.js')));
}

test('a program manages apps with promises, events and typed errors, and sees no secrets', async () => {
  await using rig = await Rig.create();
  expect(await runProgram(rig, 'promises.mjs')).toEqual({
    started: ['online', 'online'],
    echo: { hello: 'world' },
    replies: [8, 8],
    scaled: 1,
    reload: [['reload', 1, 0]],
    signalled: 1,
    listed: ['api', 1, ['double', 'mute']],
    leaks: false,
    refused: [
      'target/not-found',
      'target/not-found',
      'action/timeout',
      'request/aborted',
      'config/invalid',
      'usage/invalid',
      'config/invalid',
      'dump/empty',
    ],
    applied: [{ one: 'start' }, { one: 'start' }, { one: 'none' }, { one: 'live' }, { one: 'delete', two: 'start' }],
    dumped: 2,
    seen: ['snapshot', 'spec-changed', 'worker-changed', 'worker-exited', 'worker-message', 'worker-removed'],
  });
});

test("a program written for PM2 finds PM2's methods, callbacks and bus under the name pm2", async () => {
  await using rig = await Rig.create();
  expect(await runProgram(rig, 'callbacks.cjs')).toEqual({
    started: [true, 'online'],
    again: 'Script already launched',
    reply: { doubled: 8, slot: '0' },
    restarted: ['old', 'online'],
    reloaded: 0,
    listed: ['old', 'cluster_mode', 'number'],
    log: 'old',
    wildcard: 'out',
    echoed: { data: { hello: 'world' }, pm_id: 0, name: 'old' },
    unknown: [[], 'process or namespace not found'],
    versions: ['string', { msg: 'pong' }],
    limited: [300 * 1024 ** 2, 'red'],
    refusals: [
      '77 : id unknown',
      'Unknown process name',
      'App not found',
      'Unknown process',
      'Process with ID <77> unknown.',
      'ID, DATA or TOPIC field is missing',
      'Unknown signal: NOPE',
      expect.stringContaining('Script not found: '),
      'There is no setting no:setting.',
      expect.stringContaining('no-folder is not a folder.'),
      expect.stringContaining('nowhere.tar.gz'),
      expect.stringContaining('Process or Namespace nothing not found'),
    ],
    set: { module: { key: 'value' } },
    profile: true,
    custom: [true, true, 0, false],
    scaled: { success: true },
    flushed: 2,
    promise: 1,
    daemon: ['PM2', 'killed'],
    exception: ['RangeError', 'out of reach'],
    events: ['delete', 'exit', 'online', 'reload', 'restart', 'start', 'stop'],
  });
});

const TYPED = `import pm2 from 'pm2';
import type { Proc, ProcessDescription } from 'pm2';

const options: pm2.StartOptions = { script: 'api.js', name: 'api', instances: 2, exec_mode: 'cluster', env: { A: '1' } };
pm2.connect((error) => {
  if (error) throw error;
  pm2.start(options, (error, started) => console.log(error, started));
  pm2.list((error: Error, list: ProcessDescription[]) => console.log(error, list[0]?.monit?.memory, list[0]?.pm2_env?.status));
  pm2.describe('api', (_error, [one]) => console.log(one?.pid));
  pm2.reload('api', { updateEnv: true }, (_error, _proc) => pm2.disconnect());
  pm2.dump((_error, result) => console.log(result));
  pm2.startup('systemd', (_error, result) => console.log(result));
  pm2.sendDataToProcessId(0, { id: 0, type: 'process:msg', topic: true, data: {} }, (_error, result) => console.log(result));
  pm2.launchBus((_error, bus) => bus.on('process:msg', (packet: unknown) => console.log(packet)));
});
const [receipt] = await pm2.reload('api', { timeoutMs: 1000 });
export const lost: number | undefined = receipt?.failed;
export const none: Proc | null = null;
`;

test('a program in TypeScript that is typed as for PM2 compiles, and may use promises beside callbacks', async () => {
  await using rig = await Rig.create();
  await installPrograms(rig);
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  const types = join(dirname(dirname(inject('pmBin'))), 'dist', 'types');
  await run(tsc, '-p', 'scripts/tsconfig.types.json', '--outDir', types);
  const program = await rig.write('typed.mts', TYPED);
  const flags = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--types',
    'node',
    '--typeRoots',
    'node_modules/@types',
  ];
  expect(await run(tsc, ...flags, program)).toBe('');
});
