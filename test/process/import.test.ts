import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

/** Written by "pm2 save" of PM2 7.0.4; FOLDER stands for where the scripts were. */
const recorded = fileURLToPath(new URL('../fixtures/pm2/dump.json', import.meta.url));

test('what PM2 has saved, or runs, is started as it was there; a plan starts nothing', async () => {
  await using rig = await Rig.create();
  const script = await rig.write(
    'app.js',
    'require("http").createServer().listen(0); process.on("SIGINT", () => process.exit())',
  );
  await rig.write('w.js', 'setInterval(() => {}, 1e6)');
  const saved = (await readFile(recorded, 'utf8')).replaceAll('FOLDER', dirname(script));
  await mkdir(join(dirname(script), 'of-pm2'));
  await rig.write('of-pm2/dump.pm2', saved);
  rig.env.PM2_HOME = join(dirname(script), 'of-pm2');

  const plan = await rig.ok('import', '--plan');
  expect(plan.stdout).toMatch(/^api +start +app: not there -> online\nworker +start +app: not there -> /);
  expect(await rig.jlist()).toEqual([]);

  const started = await rig.ok('import');
  expect(started.stdout).toContain('[PM2] [api](0) ✓\n');
  const shape = async () =>
    (await rig.jlist()).map(({ name, pm2_env }) => [name, pm2_env.namespace, pm2_env.exec_mode, pm2_env.status]);
  const apps = [
    ['api', 'default', 'cluster_mode', 'online'],
    ['api', 'default', 'cluster_mode', 'online'],
    ['worker', 'jobs', 'fork_mode', 'stopped'],
  ];
  expect(await shape()).toEqual(apps);
  const [api, , worker] = await rig.jlist();
  expect(api?.pm2_env).toMatchObject({
    args: ['--port', '80'],
    max_memory_restart: 300 * 1024 ** 2,
    kill_timeout: 4000,
  });
  expect(worker?.pm2_env).toMatchObject({ cron_restart: '0 3 * * *', autorestart: false });

  const again = await rig.ok('import');
  expect(again.stdout).toContain('[PM2][WARN] "api" is in the list already and stays as it is\n');
  expect((await rig.ok('import', '--plan')).stdout).toBe('');
  await rig.ok('delete', 'all');

  const running = JSON.parse(saved).map((pm2_env: object, pm_id: number) => ({ pid: 1, pm_id, pm2_env }));
  expect((await rig.feed(JSON.stringify(running), 'import', '-')).code).toBe(0);
  expect(await shape()).toEqual(apps);

  expect((await rig.pm('import', 'gone.json')).stderr).toMatch(/\[ERROR\] File .*gone\.json not found/);
  expect((await rig.feed('{}', 'import', '-')).stderr).toContain('it is no list of processes of PM2');
});
