import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type * as ecosystem from '../../../src/config/ecosystem.ts';
import { Folder } from './folder.ts';

/**
 * The reader of definitions as it is shipped: bundled, so that definitions written as programs are imported by Node itself.
 * (Under vitest every import() of a source file goes through vite, which reads other things as JavaScript than Node does.)
 */
export function builtReader(): typeof ecosystem {
  using folder = new Folder({});
  const outfile = folder.at('ecosystem.cjs');
  buildSync({
    entryPoints: [join(import.meta.dirname, '../../../src/config/ecosystem.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
  return createRequire(import.meta.url)(outfile);
}
