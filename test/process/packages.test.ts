import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

/** Installs packages of the registry beside `pm`, which they find under the name of PM2 as users are told to give it. */
async function installFromRegistry(rig: Rig, packages: Readonly<Record<string, string>>): Promise<void> {
  const built = dirname(dirname(inject('pmBin')));
  const npm = (...args: string[]) =>
    promisify(execFile)('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: rig.work,
      timeout: 100_000,
    });
  const { stdout } = await npm('pack', built, '--json');
  const [{ filename }] = JSON.parse(stdout);
  const dependencies = { pm2: `file:${filename}`, ...packages };
  await rig.write('package.json', JSON.stringify({ private: true, dependencies, overrides: { pm2: '$pm2' } }));
  await npm('install').catch(({ stderr }) => {
    throw new Error(`This test needs the npm registry, and npm install failed:\n${stderr}`);
  });
}

const REPORTING = `const io = require('@pm2/io');
io.init();
io.counter({ name: 'Jobs' }).inc();
io.action('hello', (reply) => reply({ hi: 1 }));
setInterval(() => {}, 1000);`;

test('packages made for PM2 work as they are: two exporters for Prometheus, and @pm2/io', {
  timeout: 150_000,
}, async () => {
  await using rig = await Rig.create();
  await installFromRegistry(rig, { 'pm2-prometheus-exporter': '0.1.1', 'pm2-metrics': '1.0.47', '@pm2/io': '6.1.0' });
  const [first, second] = await Promise.all([rig.freePort(), rig.freePort()]);
  // It takes the port for the first word of its command line, which is the path of the script: as its authors did not mean.
  const script = `process.argv[1] = '${first}'; require('pm2-prometheus-exporter');`;
  await rig.ok('start', await rig.write('reports.js', REPORTING), '--name', 'reports');
  await rig.ok('start', await rig.write('first.js', script), '--name', 'first');
  rig.env['pm2-metrics'] = JSON.stringify({ port: second }); // where the settings of a module of PM2 are
  await rig.ok('start', join(rig.work, 'node_modules/pm2-metrics/exporter.js'), '--name', 'second');

  const page = async (port: number) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const up = await rig.until('the first to export', async () => page(first).catch(() => false));
  expect(up).toContain('pm2_up{name="reports",instance="0"} 1');
  expect(up).toMatch(/pm2_memory\{name="reports",instance="0"\} [1-9]\d{6,}/);
  const jobs = await rig.until('the second to export a metric of an app', async () => {
    const text = await page(second).catch(() => '');
    return text.includes('pm2_jobs') && text;
  });
  expect(jobs).toMatch(/pm2_jobs\{id="0",name="reports",.*instance="0".*\} 1/);
  expect((await rig.ok('trigger', 'reports', 'hello')).stdout).toContain('[reports:0:default]={"hi":1}');
});
