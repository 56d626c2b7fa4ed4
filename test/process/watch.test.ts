import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';
import { staysTrue } from '../helpers/until.ts';

const restarts = async (rig: Rig): Promise<number> => (await rig.workers('app'))[0]?.pm2_env.restart_time ?? -1;
const log = (rig: Rig): string => rig.read(`${rig.home}/daemon.log`);

/** Writes a file now and then until somebody has noticed: nothing tells when a watch has begun. */
const touchUntil = (rig: Rig, file: string, noticed: () => Promise<boolean>) => {
  let probes = 0;
  return rig.until(`a change of ${file} to be noticed`, async () => {
    if (probes++ % 8 === 0) await rig.write(file, `// ${probes}`);
    return noticed();
  });
};

test('a change is one restart and named; 300 at once are one; what is ignored is none; stop and start keep the watch', async () => {
  await using rig = await Rig.create();
  await rig.deploy('ticks.js', 'app.js');
  await rig.ok(
    'start',
    '--watch',
    'app.js',
    '--name',
    'app',
    '--ignore-watch',
    '*.tmp',
    '-o',
    'here-out.log',
    '--watch-delay',
    '150ms',
  );
  await touchUntil(rig, 'lib/first.js', async () => (await restarts(rig)) === 1);
  expect((await rig.ok('describe', 'app')).stdout).toMatch(/restarted because +│ lib(\/first\.js)? changed\./);
  expect(log(rig)).toMatch(/"default\/app" \(id 0\) is replaced\. lib(\/first\.js)? changed\./);
  await rig.until('the watch to be quiet', async () => (await rig.workers('app'))[0]?.pm2_env.status === 'online');

  for (let i = 0; i < 300; i += 1) writeFileSync(`${rig.work}/many-${i}.js`, '');
  await rig.until('one restart for all', async () => (await restarts(rig)) === 2);
  await rig.write('ignored.tmp', '');
  await rig.write('node_modules/x/index.js', '');
  await rig.write('.git/HEAD', '');
  await staysTrue('nothing restarts it', 500, async () => (await restarts(rig)) === 2);

  await rig.ok('stop', 'app');
  await rig.write('app2.js', '');
  await staysTrue('it is stopped', 300, async () => (await rig.workers('app'))[0]?.pm2_env.status === 'stopped');
  await rig.ok('start', 'app');
  await touchUntil(rig, 'app2.js', async () => (await restarts(rig)) === 3);
  await rig.ok('restart', '--watch', 'app');
  expect((await rig.workers('app'))[0]?.pm2_env.watch).toBe(false);
});

test('in cluster mode a change reloads; a change mends an app that gave up', async () => {
  await using rig = await Rig.create();
  const broken = 'throw new Error("broken")';
  await rig.write('app.js', broken);
  await rig.pm('start', 'app.js', '--name', 'app', '-i', '1', '--watch', '--max-restarts', '1');
  await rig.until('it to give up', async () => (await rig.workers('app'))[0]?.pm2_env.status === 'errored');
  await rig.until('it to be mended', async () => {
    await rig.write('app.js', 'setInterval(() => {}, 1000);');
    return (await rig.workers('app'))[0]?.pm2_env.status === 'online';
  });
  await rig.write('app.js', broken);
  await rig.until('the reload to be refused', () => /was to be replaced\. app\.js changed\./.test(log(rig)));
  const [pid] = await rig.pids('app');
  await staysTrue('a good worker runs on', 300, async () => {
    const [worker] = await rig.workers('app');
    return worker?.pid === pid && worker?.pm2_env.status === 'online';
  });
});

test('an app that writes what it watches is restarted ten times, and then the watch pauses and says why', async () => {
  await using rig = await Rig.create();
  const app = "require('node:fs').writeFileSync('own.json', String(Date.now())); setInterval(() => {}, 1000)";
  await rig.write('app.js', app);
  await rig.ok('start', 'app.js', '--name', 'app', '--watch', '--min-uptime', '150', '--watch-delay', '1ms');
  await touchUntil(rig, 'own.json', async () => (await restarts(rig)) > 0); // it may have written it before the watch began
  await rig.until('the pause', () =>
    log(rig).includes('pauses: it was restarted 10 times within a minute, and own.json changes'),
  );
  await staysTrue('it goes on without restarts', 500, async () => (await restarts(rig)) === 10);
});

test('with --ext only files with these extensions count', async () => {
  await using rig = await Rig.create();
  await rig.write('app.js', 'setInterval(() => {}, 1000)');
  const flags = ['--watch', '--ext', 'js,json', '--min-uptime', '50', '--watch-delay', '10ms'];
  await rig.ok('start', 'app.js', '--name', 'app', ...flags);
  await touchUntil(rig, 'settings.json', async () => (await restarts(rig)) > 0);
  const before = await restarts(rig);
  for (const name of ['notes.txt', 'js', 'a.json.tmp']) await rig.write(name, '');
  await touchUntil(rig, 'settings.json', async () => (await restarts(rig)) > before);
  expect(log(rig).match(/\S+(?= changed\.)/g)).toEqual(expect.arrayContaining(['settings.json']));
  expect(log(rig)).not.toMatch(/(notes\.txt|js|a\.json\.tmp) changed\./);
});
