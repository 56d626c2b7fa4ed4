import { fileURLToPath } from 'node:url';
import { CliManager } from './cli-manager.ts';
import type { Manager } from './manager.ts';

/** This project, as built in dist/. */
export function createPm(): Manager {
  const bin = fileURLToPath(new URL('../../dist/pm.cjs', import.meta.url));
  return new CliManager({ name: 'pm', bin, homeVariable: 'PM_HOME', pidFile: 'daemon.pid' });
}
