// Bundles one file per process: a command pays only for what it loads, and nothing of ours is looked up in an app's folder.
// Usage: node scripts/build.mjs [folder]   (default dist; emptied first)
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

const outdir = process.argv[2] ?? 'dist';
rmSync(outdir, { recursive: true, force: true });

await build({
  entryPoints: {
    cli: 'src/cli/main.ts',
    daemon: 'src/daemon/main.ts',
    master: 'src/master/main.ts',
    preload: 'src/worker/preload.ts',
    monit: 'src/ui/main.ts',
  },
  outdir,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['blessed'],
  legalComments: 'linked',
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
});
