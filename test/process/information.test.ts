import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test('env, report and cleardump of an app that was saved', async () => {
  await using rig = await Rig.create();
  await rig.write('app.js', 'setInterval(() => {}, 1e6)');
  rig.env.API_TOKEN = 'hunter2';
  await rig.ok('start', 'app.js', '--min-uptime', '50ms');
  await rig.ok('save');

  const env = await rig.ok('env', '0');
  expect(env.stdout).toContain(`HOME: ${rig.work}\n`);
  expect((await rig.ok('env', '0', '--reveal')).stdout).toContain('API_TOKEN: hunter2\n');

  const report = await rig.ok('report');
  expect(report.stdout).toMatch(/^```\n--- PM2 report [\s\S]* app +│[\s\S]*--- Daemon logs [\s\S]*```\n$/);
  const json = await rig.ok('ls', '--json', '--name', 'x');
  expect(JSON.parse(json.stdout)).toMatchObject([{ name: 'app', workers: [{ status: 'online', metrics: {} }] }]);
  expect(json.stderr).toContain('--name has no effect on "pm list"');
  expect(env.stdout + report.stdout + json.stdout).not.toContain('hunter2');

  const watching = rig.open('ls', '--watch');
  await watching.prints(/^host metrics \| cpu: [\d.]+% \| ram usage: [\d.]+% \|.* disk: /m);
  await watching.prints(/app .*│ online[\s\S]*app .*│ online/);
  watching.kill('SIGINT');
  expect(await watching.done).toMatchObject({ code: 0, stderr: '' });

  await rig.ok('cleardump');
  await rig.ok('delete', 'all');
  await rig.ok('resurrect');
  expect(await rig.jlist()).toEqual([]);
});
