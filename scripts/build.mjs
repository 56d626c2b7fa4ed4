// Bundles one file per process, and per part of the command line that most commands do without: a command pays only for what it
// loads, and nothing of ours is looked up in an app's folder.
// Usage: node scripts/build.mjs [folder]   (default dist; emptied first)
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const outdir = process.argv[2] ?? 'dist';
rmSync(outdir, { recursive: true, force: true });

const processes = {
  master: 'src/master/main.ts',
  preload: 'src/worker/preload.ts',
  worker: 'src/worker/library/index.ts',
  'static-server': 'src/static-server/main.ts',
};
const commandLine = {
  pm: 'src/cli/main.ts',
  program: 'src/cli/program.ts',
  jlist: 'src/cli/commands/jlist.ts',
  'quick-acts': 'src/cli/quick-acts.ts',
  'launch-modules': 'src/cli/modules/launch-modules.ts',
  'spawn-daemon': 'src/protocol/spawn-daemon.ts',
  'chalk-paint': 'src/cli/output/chalk-paint.ts',
};
/** For programs: loads the parts of the command line that it needs. */
const library = { api: 'src/api/index.ts' };
/** Loaded by the daemon when a client of PM2 speaks to it. */
const pm2Wire = { 'pm2-wire': 'src/pm2-wire/pm2-wire.ts' };
/** Loads the user's own modules. */
const ecosystem = { ecosystem: 'src/config/ecosystem.ts' };
/** Loaded by those who have an app that needs it. */
const onDemand = { 'cron-schedule': 'src/shared/cron-schedule.ts', 'file-watcher': 'src/daemon/file-watcher.ts' };
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
await build({
  ...required,
  entryPoints: { daemon: 'src/daemon/main.ts' },
  plugins: [apart({ ...onDemand, ...pm2Wire })],
});
const parts = { ...commandLine, ...ecosystem, ...dashboard, ...onDemand };
await build({ ...required, entryPoints: { ...commandLine, ...library, ...pm2Wire }, plugins: [apart(parts)] });

chmodSync(join(outdir, 'pm.cjs'), 0o755); // what package.json's "bin" names, without a file between: a twentieth of the time of `pm ls`

/** The types of PM2's names as members of what a program imports: it may write `pm2.StartOptions`. */
function declaredNames(of) {
  const text = readFileSync('src/api/pm2/declared-names.ts', 'utf8');
  const names = [...text.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name);
  return `declare namespace ${of} {\n${names.map((name) => `  export type ${name} = declared.${name};\n`).join('')}}\n`;
}

/** What `require` and `import` find, and their types: one copy of the library, whichever way it is loaded. */
const doors = {
  'index.cjs':
    "const { pm, Pm, PmError } = require('./api.cjs');\nmodule.exports = Object.assign(pm, { default: pm, pm, Pm, PmError });\n",
  'index.mjs': "import api from './api.cjs';\nexport const { pm, Pm, PmError } = api;\nexport default pm;\n",
  'pm2.cjs': "module.exports = require('./api.cjs').pm2;\n",
  'pm2.mjs': "import api from './api.cjs';\nexport default api.pm2;\n",
  'worker.mjs': "import library from './worker.cjs';\nexport const { worker } = library;\nexport default worker;\n",
  'types/package.json': '{ "type": "module" }\n',
  'types/index.d.mts': `import { pm } from './src/api/index.js';
import type * as declared from './src/api/pm2/declared-names.js';
export * from './src/api/index.js';
declare const api: typeof pm;
${declaredNames('api')}export default api;
`,
  'types/index.d.cts': `import type * as library from './src/api/index.js' with { 'resolution-mode': 'import' };
import type * as declared from './src/api/pm2/declared-names.js' with { 'resolution-mode': 'import' };
declare const api: typeof library.pm & { default: typeof library.pm; pm: typeof library.pm; Pm: typeof library.Pm; PmError: typeof library.PmError };
${declaredNames('api')}export = api;
`,
  'types/pm2.d.mts': `import { pm2 } from './src/api/index.js';
import type * as declared from './src/api/pm2/declared-names.js';
export type * from './src/api/pm2/declared-names.js';
declare const api: typeof pm2;
${declaredNames('api')}export default api;
`,
  'types/pm2.d.cts': `import type * as library from './src/api/index.js' with { 'resolution-mode': 'import' };
import type * as declared from './src/api/pm2/declared-names.js' with { 'resolution-mode': 'import' };
declare const api: typeof library.pm2;
${declaredNames('api')}export = api;
`,
  'types/worker.d.mts': "export { worker, worker as default } from './src/worker/library/index.js';\n",
  'types/worker.d.cts': `import type * as library from './src/worker/library/index.js' with { 'resolution-mode': 'import' };
export declare const worker: typeof library.worker;
export default worker;
`,
};
mkdirSync(join(outdir, 'types'), { recursive: true });
for (const [name, text] of Object.entries(doors)) writeFileSync(join(outdir, name), text);
