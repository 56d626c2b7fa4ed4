import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test("with PM2_HOME, scripts find PM2's files, daemon and masters keep to them, and an app can find its manager", async () => {
  await using rig = await Rig.create();
  delete rig.env.PM_HOME;
  Object.assign(rig.env, { PM2_HOME: rig.home, PM2_DEFAULT_LOG_PATH: join(rig.work, 'out'), PM2_KILL_TIMEOUT: '4000' });
  const shell = (line: string) => execFileSync('sh', ['-c', line], { env: rig.env, encoding: 'utf8' }).trim();
  const started = await rig.ok('start', rig.fixture('http.js'), '--name', 'app', '-i', '1');
  expect(started.stderr).toContain(`[PM2] Spawning PM2 daemon with pm2_home=${rig.home}\n`);
  const [worker] = await rig.workers('app');
  expect(Number(shell('kill -0 "$(cat $PM2_HOME/pm2.pid)" && cat $PM2_HOME/pids/app-0.pid'))).toBe(worker?.pid);
  expect(worker?.pm2_env.kill_timeout).toBe(4000);
  expect(worker?.pm2_env.pm_out_log_path).toBe(join(rig.work, 'out/app-out-0.log'));
  await rig.ok('start', rig.fixture('ticks.js'), '--name', 'many', '-i', 'max', '--min-uptime', '50ms');
  expect((await rig.workers('many'))[0]?.pm2_env.pm_out_log_path).toBe(join(rig.work, 'out/many-out.log'));
  await rig.ok('delete', 'many');
  const environment = readFileSync(`/proc/${worker?.pid}/environ`, 'utf8').split('\0');
  expect(environment).toContain(`PM2_HOME=${rig.home}`);
  expect(environment.filter((setting) => setting.startsWith('PM_HOME='))).toEqual([]);

  const pid = Number(shell('cat $PM2_HOME/pm2.pid'));
  process.kill(pid, 'SIGKILL');
  await rig.until('a master to start another daemon', () => {
    const next = Number(rig.read(join(rig.home, 'pm2.pid')));
    return next !== pid && next > 0;
  });
  expect(await rig.pids('app')).toEqual([worker?.pid]);

  await rig.ok('restart', 'app');
  for (const said of ['App \\[app:0\\] exited via signal \\[SIGINT\\]', 'App \\[app:0\\] online, pid \\d+']) {
    const line = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d: PM2 log: ${said}$`, 'm');
    await rig.until(`pm2.log to have ${line}`, () => line.test(rig.read(join(rig.home, 'pm2.log'))));
  }

  await rig.ok('save');
  const dump = join(rig.home, 'dump.pm2');
  expect(statSync(dump).mode & 0o777).toBe(0o600);
  const [record] = JSON.parse(readFileSync(dump, 'utf8'));
  expect(record).toMatchObject({ name: 'app', pm_exec_path: rig.fixture('http.js'), NODE_APP_INSTANCE: 0 });
  await rig.ok('kill');
  const { pm_app, ...foreign } = record; // as PM2 would have written it
  const missing = { ...foreign, name: 'gone', pm_exec_path: join(rig.work, 'gone.js') };
  writeFileSync(dump, JSON.stringify([{ ...foreign, status: 'online' }, missing]));

  const resurrected = await rig.pm('resurrect');
  expect(resurrected.code).toBe(1);
  expect(resurrected.stderr).toContain('gone.js');
  const [again] = await rig.workers('app');
  expect(again?.pm2_env).toMatchObject({ status: 'online', exec_mode: 'cluster_mode', kill_timeout: 4000 });
  rmSync(dump);
  expect((await rig.ok('resurrect')).stderr).toContain(dump);
});
