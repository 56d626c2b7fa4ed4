import { expect, test } from 'vitest';
import { installPrograms, runNode } from '../helpers/installed.ts';
import { Rig } from '../helpers/rig.ts';

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
    refused: ['target/not-found', 'target/not-found', 'action/timeout', 'request/aborted', 'config/invalid'],
    dumped: 1,
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
    scaled: { success: true },
    flushed: 2,
    promise: 1,
    exception: ['RangeError', 'out of reach'],
    events: ['delete', 'exit', 'online', 'reload', 'restart', 'start', 'stop'],
  });
});
