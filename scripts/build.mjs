// Bundles one file per process, and per part of the command line that most commands do without: a command pays only for what it
// loads, and nothing of ours is looked up in an app's folder.
// Usage: node scripts/build.mjs [folder]   (default dist; emptied first)
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const outdir = process.argv[2] ?? 'dist';
rmSync(outdir, { recursive: true, force: true });

const processes = {
  master: 'src/master/main.ts',
  preload: 'src/worker/preload.ts',
};
const commandLine = {
  cli: 'src/cli/main.ts',
  program: 'src/cli/program.ts',
  'spawn-daemon': 'src/protocol/spawn-daemon.ts',
  'chalk-paint': 'src/cli/output/chalk-paint.ts',
};
/** Loads the user's own modules. */
const ecosystem = { ecosystem: 'src/config/ecosystem.ts' };
/** Loaded by those who have an app that needs it. */
const onDemand = { 'cron-schedule': 'src/shared/cron-schedule.ts' };
const dashboard = { monit: 'src/ui/main.ts' };

/** An import of another part is left as one, of the file beside. */
const apart = (files) => ({
  name: 'parts-apart',
  setup({ onResolve }) {
    const parts = new Map(Object.entries(files).map(([name, file]) => [join(process.cwd(), file), `./${name}.cjs`]));
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      const part = kind === 'entry-point' ? undefined : parts.get(join(resolveDir, path));
      return part === undefined ? undefined : { path: part, external: true };
    });
  },
});

const options = {
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
};

const others = { ...processes, ...ecosystem, ...dashboard, ...onDemand };
await build({ ...options, entryPoints: others, plugins: [apart(onDemand)] });
// require() instead of import(): starting the loader of ES modules takes longer than all of `pm ls`, and megabytes in the daemon.
const required = { ...options, supported: { 'dynamic-import': false } };
await build({ ...required, entryPoints: { daemon: 'src/daemon/main.ts' }, plugins: [apart(onDemand)] });
const parts = { ...commandLine, ...ecosystem, ...dashboard, ...onDemand };
await build({ ...required, entryPoints: commandLine, plugins: [apart(parts)] });
