import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

function killIfThere({ pid }: { pid: number }): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it went with another
  }
}

test('start --no-daemon prints what its apps print, from first to last, and ends them; not those of others', async () => {
  await using rig = await Rig.create();
  await rig.write(
    'app.js',
    `console.log('first ' + process.argv[2]);
     console.error('oops');
     process.on('SIGINT', () => { console.log('last'); process.exit(); });
     setInterval(() => {}, 1e6);`,
  );
  const alone = rig.open('start', 'app.js', '--no-daemon', '--', 'word');
  await alone.prints(/0\|app +\| first word/);
  await alone.prints(/│ online/);
  await alone.prints(/0\|app +\| oops/);
  const [pid] = await rig.pids('app');
  alone.kill('SIGTERM');
  const ended = await alone.done;
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/0\|app +\| last\n$/) });
  await rig.until('the daemon to be gone', () => rig.daemonPid() === undefined);
  expect(rig.processes().map((process) => process.pid)).not.toContain(pid);

  const killed = rig.open('start', 'app.js', '--no-daemon');
  await killed.prints(/│ online/);
  killed.kill();
  rig.processes().forEach(killIfThere); // as a container that ran out of memory
  await rig.until('all to be gone', () => rig.processes().length === 0);
  const again = rig.open('start', 'app.js', '--no-daemon');
  await again.prints(/│ online/);
  again.kill('SIGTERM');
  expect(await again.done).toMatchObject({ code: 0 });

  await rig.ok('start', 'app.js', '--name', 'other');
  const guest = rig.open('start', 'app.js', '--name', 'guest', '--no-daemon');
  await guest.prints(/guest.*│ online/);
  guest.kill('SIGINT');
  expect(await guest.done).toMatchObject({ code: 0 });
  expect((await rig.jlist()).map(({ name, pm2_env }) => [name, pm2_env.status])).toEqual([['other', 'online']]);
  await rig.ok('kill');

  await rig.write('bad.js', 'console.error("cannot"); process.exit(3)');
  const failed = await rig.pm('start', 'bad.js', '--no-daemon', '--no-autorestart');
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot') });
  await rig.until('the daemon to be gone', () => rig.daemonPid() === undefined);
});
