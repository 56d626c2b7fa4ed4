import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test.each([
  { command: 'restart', instances: 2 },
  { command: 'reload', instances: 2 },
  { command: 'restart', instances: undefined },
])('what a changed file says is true after $command ($instances instances)', async ({ command, instances }) => {
  await using rig = await Rig.create();
  for (const folder of ['one', 'two']) {
    const body = `console.log('out of ${folder}'); console.error('error of ${folder}');`;
    await rig.write(
      `${folder}/${folder}.js`,
      `${body} require('http').createServer(() => {}).listen(process.env.PORT)`,
    );
  }
  const declare = (app: object) => rig.write('ecosystem.json', JSON.stringify({ apps: [{ name: 'app', ...app }] }));
  const log = (name: string) => ({
    out_file: `${name}-out.log`,
    error_file: `${name}-error.log`,
    pid_file: `${name}.pid`,
  });
  const port = await rig.freePort();
  const before = { script: 'one.js', cwd: 'one', args: ['1'], env: { A: '1', GONE: '1' }, ...log('first') };
  await rig.ok('start', await declare({ ...before, port, ...(instances ? { instances } : {}) }));
  const [old] = await rig.workers('app');
  const after = {
    script: 'two.js',
    cwd: 'two',
    args: ['2'],
    env: { A: '2' },
    node_args: '--no-warnings',
    ...log('second'),
  };
  await rig.ok(command, await declare({ ...after, port, ...(instances ? { instances: instances + 1 } : {}) }));

  const workers = await rig.workers('app');
  expect(workers).toHaveLength(instances ? instances + 1 : 1);
  for (const { pid, pm_id, pm2_env } of workers) {
    const env = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    expect(env).toEqual(expect.arrayContaining(['A=2', `PWD=${rig.work}/two`]));
    expect(env.filter((setting) => setting.startsWith('GONE='))).toEqual([]);
    expect(readlinkSync(`/proc/${pid}/cwd`)).toBe(`${rig.work}/two`);
    const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    expect(argv).toEqual(expect.arrayContaining(['--no-warnings', `${rig.work}/two/two.js`, '2']));
    const id = instances ? `-${pm_id}` : '';
    expect(pm2_env.pm_out_log_path).toBe(`${rig.work}/two/second-out${id}.log`);
    expect(env).toContain(`pm_out_log_path=${rig.work}/two/second-out${id}.log`);
    await rig.until('its output', () => rig.read(`${rig.work}/two/second-out${id}.log`) === 'out of two\n');
    await rig.until('its errors', () => rig.read(`${rig.work}/two/second-error${id}.log`) === 'error of two\n');
    await rig.until('its pid file', () => rig.read(`${rig.work}/two/second-${pm_id}.pid`) === `${pid}\n`);
  }
  await rig.until('the old pid file to go', () => !existsSync(`${rig.work}/one/first-${old?.pm_id}.pid`));
  expect(rig.read(old?.pm2_env.pm_out_log_path ?? '')).toBe('out of one\n');
});

test('another exec_mode in the file is taken over, by restart and by reload', async () => {
  await using rig = await Rig.create();
  const declare = (exec_mode: string) =>
    rig.write(
      'ecosystem.json',
      JSON.stringify({ apps: [{ name: 'app', script: rig.fixture('ticks.js'), exec_mode }] }),
    );
  const mode = async () =>
    (await rig.workers('app')).map(({ pm_id, pm2_env }) => [pm_id, pm2_env.exec_mode, pm2_env.status]);
  await rig.ok('start', await declare('fork'));
  await rig.ok('reload', await declare('cluster'));
  expect(await mode()).toEqual([[0, 'cluster_mode', 'online']]);
  await rig.ok('restart', await declare('fork'));
  expect(await mode()).toEqual([[0, 'fork_mode', 'online']]);
});
