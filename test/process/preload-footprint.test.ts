import { beforeAll, expect, test } from 'vitest';
import { ClusterPool } from '../helpers/cluster-pool.ts';
import { staysTrue } from '../helpers/until.ts';

const SERVER = `const server = require('node:http').createServer((_, response) => response.end('ok'));`;

let pool: ClusterPool;
beforeAll(async () => {
  pool = await ClusterPool.create();
  return () => pool[Symbol.asyncDispose]();
});

const cleanExit = { code: 0, signal: null };

test.each([
  ['a script that is done', `console.log('done')`],
  ['a server that was closed', `${SERVER} server.listen(0, () => server.close())`],
  ['a server that does not hold the process', `${SERVER} server.listen(0, () => server.unref())`],
  [
    'a listener for messages that is removed',
    `process.once('message', () => {}); process.send('hello', () => process.removeAllListeners('message'))`,
  ],
])('%s ends in a cluster worker as it does without', async (_, source) => {
  expect(await (await pool.spawn(source)).exited).toEqual(cleanExit);
});

test.each([
  ['a server', `${SERVER} server.listen(0)`],
  ['a listener for messages', `process.on('message', () => {})`],
  ['a listener for messages on the worker', `require('node:cluster').worker.on('message', () => {})`],
])('%s keeps a cluster worker alive', async (_, source) => {
  const app = await pool.spawn(`${source}; console.log('run')`);
  await app.printed('run');
  await staysTrue('the worker runs', 200, () => app.child.exitCode === null);
});

const TELL = `const tell = (from) => console.log(from + ' ' + JSON.stringify([process.execArgv, Object.keys(require.cache),
  Object.keys(process.env).filter((name) => /preload/i.test(process.env[name])),
  Object.keys(globalThis).filter((name) => !(name in require('node:vm').runInNewContext('this', {})) && name.includes('pm'))]));`;

test('an app finds no trace of the preload, nor do its forks and threads', async () => {
  const app = await pool.spawn(`
    const { Worker, isMainThread } = require('node:worker_threads');
    ${TELL}
    if (!isMainThread) tell('thread');
    else if (process.argv[2] === 'child') tell('child');
    else {
      tell('app');
      require('node:child_process').fork(__filename, ['child']);
      new Worker(__filename);
    }`);
  await app.exited;
  for (const from of ['app', 'child', 'thread']) {
    expect(await app.printed(from)).toMatch(
      new RegExp(`^${from} \\[\\[\\],\\["[^"]*/app-\\d+\\.js"\\],\\[\\],\\[\\]\\]$`, 'm'),
    );
  }
});

test('an error nobody handles ends the app as it does without', async () => {
  const app = await pool.spawn(`Promise.reject(new Error('nobody cares'))`);
  expect(await app.exited).toEqual({ code: 1, signal: null });
  expect(app.output).toContain('nobody cares');
});

test('after the app has left its channel nothing of ours gets in its way', async () => {
  const app = await pool.fork(`${SERVER}
    server.listen(0, () => {
      process.disconnect();
      require('node:http').get({ port: server.address().port, agent: false }, (response) =>
        response.resume().on('end', () => server.close(() => console.log('closed'))));
    });
    process.send('listening')`);
  app.control.startCounting();
  expect(await app.control.drain({ idleGraceMs: 0 })).toBe('gone');
  expect(await app.exited).toEqual(cleanExit);
  expect(app.output).toBe('closed\n');
});
