// npm run demo: an example on all cores, reloaded while clients keep asking. It has a PM_HOME of its own, in a temporary
// folder, and ends everything that it started.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loads } from '../bench/load/job.ts';
import { startLoad } from '../bench/load/load.ts';
import { freePort } from '../bench/measure/first-answer.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'pm-demo-'));
const AGAIN_MS = 500; // load before and after the reload

/** Runs one pm command in view of the user. */
function pm(args: string, env: Record<string, string> = {}): void {
  console.log(`\n$ pm ${args}`);
  const { status } = spawnSync(process.execPath, ['dist/pm.cjs', ...args.split(' ')], {
    cwd: root,
    env: { ...process.env, PM_HOME: home, ...env },
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}

async function demonstrate(): Promise<void> {
  const port = await freePort();
  pm('start examples/http/server.js --name web -i max', { PORT: String(port) });
  const job = loads['new connection'];
  console.log(
    `\n${job.clients} clients now ask http://127.0.0.1:${port}/ all the time, each request on a new connection.`,
  );
  const load = await startLoad({ ...job, port });
  await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  pm('reload web');
  await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  const { requests, failed } = await load.stop();
  pm('list');
  console.log(`\nThe clients counted ${requests.toLocaleString('en-US')} requests, ${failed} failed.`);
  if (failed > 0) process.exitCode = 1;
}

void demonstrate().finally(() => {
  pm('kill');
  rmSync(home, { recursive: true, force: true });
});
