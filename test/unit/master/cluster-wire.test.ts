import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { ClusterWire, type ListenQuery } from '../../../src/master/cluster-wire.ts';

/** A child process as `cluster.fork` leaves it, with what the stock listener was given. */
function forked(names = ['', 'onInternalMessage']) {
  const passedOn: unknown[] = [];
  const child = Object.assign(new EventEmitter(), { connected: true });
  for (const name of names) {
    const listener = (message: unknown) => void (name && passedOn.push(message));
    child.on('internalMessage', Object.defineProperty(listener, 'name', { value: name }));
  }
  return { child: child as unknown as ChildProcess, passedOn };
}

function takeOver(child: ChildProcess) {
  const queries: ListenQuery[] = [];
  const ignore = () => {};
  const wire = ClusterWire.takeOver(child, {
    listenRequested: (query) => queries.push(query),
    serverClosed: ignore,
    acknowledged: ignore,
    handOverFailed: ignore,
  });
  return { wire, queries };
}

const query = { cmd: 'NODE_CLUSTER', act: 'queryServer', seq: 1, index: 0, data: null, flags: 0, backlog: 511 };
const tcp = { ...query, address: null, port: 3000, addressType: 4 };

test('a Node whose cluster looks otherwise keeps its own scheduler', () => {
  for (const names of [[''], ['', 'renamed'], ['onInternalMessage', 'onInternalMessage']]) {
    const { child, passedOn } = forked(names);
    expect(takeOver(child).wire).toBeNull();
    expect(child.listenerCount('internalMessage')).toBe(names.length);
    child.emit('internalMessage', tcp);
    expect(passedOn).toHaveLength(names.filter(Boolean).length);
  }
});

test.each([
  ['TCP', 'ours', tcp],
  ['TCP on an address', 'ours', { ...tcp, address: '::1', addressType: 6, port: 0 }],
  ['UDP', 'stock', { ...query, address: null, port: 0, addressType: 'udp4' }],
  ['a pipe', 'stock', { ...query, address: '/tmp/app.sock', port: -1, addressType: -1 }],
  ['an inherited descriptor', 'stock', { ...query, address: null, port: null, addressType: null, fd: 3 }],
  ['a port too high', 'stock', { ...tcp, port: 65_536 }],
  ['an odd address', 'stock', { ...tcp, address: {} }],
  ['something new', 'stock', { ...tcp, addressType: 'tcp7' }],
])('a request for %s is answered by %s', (_, by, message) => {
  const { child, passedOn } = forked();
  const { queries } = takeOver(child);
  child.emit('internalMessage', message);
  expect([queries.length, passedOn.length]).toEqual([Number(by === 'ours'), Number(by === 'stock')]);
});

test('servers share a socket unless they ask for any free port', () => {
  const { child } = forked();
  const { queries } = takeOver(child);
  for (const [port, index] of [
    [3000, 0],
    [3000, 1],
    [0, 0],
    [0, 1],
  ])
    child.emit('internalMessage', { ...tcp, port, index });
  const [a, b, c, d] = queries.map(({ key }) => key);
  expect(a).toBe(b);
  expect(c).not.toBe(d);
});

test('what the stock listener cannot digest is answered with an error and stops nobody', () => {
  const sent: unknown[] = [];
  const child = Object.assign(new EventEmitter(), { connected: true, send: (message: unknown) => sent.push(message) });
  child.on('internalMessage', function onInternalMessage() {
    throw new Error('odd');
  });
  takeOver(child as unknown as ChildProcess);
  child.emit('internalMessage', { ...tcp, addressType: 'tcp7' });
  child.emit('internalMessage', { cmd: 'NODE_CLUSTER', act: 'online' });
  expect(sent).toEqual([{ cmd: 'NODE_CLUSTER', ack: 1, errno: -22 }]);
});
