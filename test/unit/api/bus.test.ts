import { expect, test } from 'vitest';
import { Bus } from '../../../src/api/pm2/bus.ts';
import { exceptionEvent, messageEvent, stepsBetween } from '../../../src/api/pm2/bus-packets.ts';
import type { Status } from '../../../src/shared/worker-view.ts';
import { appSpec, listedWorker } from '../../helpers/listed-app.ts';

const spec = appSpec();
const as = (status: Status) => listedWorker({ status });

test.each([
  ['log:out', 'log:out', []],
  ['log:*', 'log:out', ['out']],
  ['*', 'process:event', ['process:event']],
  ['*:*', 'axm:reply', ['axm', 'reply']],
  ['a.c', 'abc', undefined],
  ['log:*', 'process:log:out', undefined],
])('the pattern %s hears %s with %j', (pattern, event, captured) => {
  const heard: unknown[][] = [];
  new Bus(() => {}).on(pattern, (...args) => heard.push(args)).emit(event, 'packet');
  expect(heard).toEqual(captured === undefined ? [] : [[...captured, 'packet']]);
});

test('a listener that is off, or was for once, hears nothing more', () => {
  const heard: string[] = [];
  const bus = new Bus(() => {});
  const off = () => heard.push('off');
  bus
    .on('a', off)
    .once('a', () => heard.push('once'))
    .off('a', off);
  bus.emit('a', 0);
  bus.emit('a', 0);
  expect(heard).toEqual(['once']);
});

const ended = { code: 1, signal: null, at: 0, uptimeMs: 10, stderr: [] };

test.each([
  ['starts', 'launching', 'online', { asked: true }, ['online', 'start']],
  ['is restarted', 'launching', 'online', { asked: true, lastExit: ended }, ['online', 'restart']],
  ['is back after a crash', 'launching', 'online', { asked: false, lastExit: ended }, ['online']],
  ['is stopped', 'stopping', 'stopped', { asked: true, lastExit: ended }, ['stop']],
  ['has finished', 'online', 'stopped', { asked: false, lastExit: ended }, []],
  ['is reloaded', 'online', 'online', { asked: false, generation: 2 }, ['online', 'reload']],
  ['crashes too often', 'waiting restart', 'errored', { asked: false, lastExit: ended }, ['restart overlimit']],
  ['is as it was', 'online', 'online', { asked: false }, []],
] as const)('a worker that %s', (_, before, now, { asked, ...state }, events) => {
  const steps = stepsBetween(as(before), listedWorker({ status: now, ...state }), asked);
  expect(steps.map(({ event }) => event)).toEqual(events);
});

test.each([
  [{ type: 'custom', data: 1 }, 'custom'],
  [{ type: 'process:msg', data: { a: 1 } }, 'process:msg'],
  [{ type: 'custom', data: null }, 'process:msg'],
  [null, 'process:msg'],
  ['text', 'process:msg'],
  [[1], 'process:msg'],
])('the message %j is told as %s', (message, name) => {
  const event = { type: 'worker-message', app: 'default/api', pmId: 3, at: 5, message } as const;
  expect(messageEvent(spec, event)).toMatchObject({ name, packet: { at: 5, process: { pm_id: 3 } } });
});

test('an uncaught error is found in what Node printed', () => {
  const stderr = [
    '/app.js:1',
    'throw x',
    '',
    'TypeError [ERR_X]: not so',
    '    at run (/app.js:1:7)',
    '',
    'Node.js v20',
  ];
  const exit = { code: 1, signal: null, at: 9, uptimeMs: 1, stderr };
  expect(exceptionEvent(spec, 1, exit)?.packet).toMatchObject({
    data: { name: 'TypeError', message: 'not so', stack: 'TypeError [ERR_X]: not so\n    at run (/app.js:1:7)' },
  });
  expect(exceptionEvent(spec, 1, { ...exit, code: 0 })).toBeNull();
  expect(exceptionEvent(spec, 1, { ...exit, stderr: ['bye'] })).toBeNull();
});
