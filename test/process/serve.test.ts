import { expect, test } from 'vitest';
import { get } from '../helpers/http.ts';
import { Rig } from '../helpers/rig.ts';

test('serve makes a folder an app, from the command line and from an ecosystem file', async () => {
  await using rig = await Rig.create();
  await rig.write('site/index.html', 'home');
  const port = await rig.freePort();
  const served = await rig.ok('serve', 'site', String(port), '--spa');
  expect(served.stdout).toContain(`[PM2] Serving ${rig.work}/site on port ${port}\n`);
  expect((await rig.jlist()).map(({ name, pm2_env }) => [name, pm2_env.status])).toEqual([
    [`static-page-server-${port}`, 'online'],
  ]);
  expect(await get(port, '/any/page')).toEqual({ status: 200, body: 'home' });
  expect((await rig.pm('serve', 'site', String(port))).stderr).toContain('Script already launched');
  const missing = await rig.pm('serve', 'nowhere');
  expect([missing.code, missing.stderr.includes('is not a folder')]).toEqual([1, true]);
  const taken = await rig.pm('serve', 'site', String(port), '--name', 'other');
  expect([taken.code, taken.stderr.includes('EADDRINUSE')]).toEqual([1, true]);
  await rig.ok('delete', 'all');

  const env = { PM2_SERVE_PATH: './site', PM2_SERVE_PORT: port };
  await rig.write(
    'ecosystem.json',
    JSON.stringify({ apps: [{ name: 'web', script: 'serve', wait_ready: true, env }] }),
  );
  await rig.ok('start', 'ecosystem.json');
  expect(await get(port)).toEqual({ status: 200, body: 'home' });
  await rig.ok('delete', 'all');

  const basic_auth = { username: 'me', password: 'hush' };
  await rig.write('ecosystem.json', JSON.stringify({ static: [{ path: './site', port, spa: true, basic_auth }] }));
  await rig.ok('start', 'ecosystem.json');
  expect((await rig.jlist()).map(({ name }) => name)).toEqual([`static-page-server-${port}`]);
  expect((await get(port)).status).toBe(401);
  await rig.write(
    'ecosystem.json',
    JSON.stringify({ static: [{ directory: 'site', port, name: 'site', host: '127.0.0.1' }] }),
  );
  await rig.ok('delete', 'all');
  await rig.ok('start', 'ecosystem.json');
  expect((await rig.jlist()).map(({ name }) => name)).toEqual(['site']);
  expect(await get(port)).toEqual({ status: 200, body: 'home' });
});
