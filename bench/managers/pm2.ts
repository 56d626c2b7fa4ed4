import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliManager } from './cli-manager.ts';
import type { Manager } from './manager.ts';

export const PM2_VERSION = '7.0.4';

const folder = fileURLToPath(new URL('../.pm2', import.meta.url));
const bin = join(folder, 'node_modules/pm2/bin/pm2');

/** Installs PM2 into a folder of the benchmark's own, once. It is run as a black box and is no dependency of this project. */
export function installPm2(): void {
  if (existsSync(bin)) return;
  mkdirSync(folder, { recursive: true });
  console.error(`Installing pm2@${PM2_VERSION} into bench/.pm2 ...`);
  execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `pm2@${PM2_VERSION}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

export function createPm2(): Manager {
  return new CliManager({ name: 'PM2', bin, homeVariable: 'PM2_HOME', pidFile: 'pm2.pid' });
}
