import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Project } from './ecosystem-template.ts';

const USUAL_SCRIPTS = ['server.js', 'app.js', 'index.js', 'src/server.js', 'src/index.js', 'server.ts', 'index.ts'];

/** What the folder tells of its project: by its package.json, and by names that scripts usually have. */
export function projectIn(folder: string): Project {
  const own = packageOf(folder) ?? {};
  const scripts = typeof own.main === 'string' ? [own.main, ...USUAL_SCRIPTS] : USUAL_SCRIPTS;
  const script = scripts.find((name) => existsSync(join(folder, name))) ?? 'index.js';
  const name = typeof own.name === 'string' && own.name !== '' ? own.name : basename(folder);
  return { name: name.replace(/^@[^/]*\//, '') || 'app', script, esModule: nearestPackage(folder)?.type === 'module' };
}

/** The package.json that decides what a `.js` file is. */
function nearestPackage(folder: string): Readonly<Record<string, unknown>> | undefined {
  const above = dirname(folder);
  return packageOf(folder) ?? (above === folder ? undefined : nearestPackage(above));
}

function packageOf(folder: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof found === 'object' && found !== null ? { ...found } : {};
  } catch {
    return undefined; // none there, or none that Node could use
  }
}
