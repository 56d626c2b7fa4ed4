import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { problem } from '../../shared/problems.ts';
import { defineCommand } from '../command.ts';
import { readManifest } from '../modules/module-specs.ts';
import { runTool } from '../run-tool.ts';

/** What npm and git bring by themselves. */
const LEFT_OUT: readonly string[] = ['node_modules', '.git'];

export default defineCommand({
  summary: 'Pack a module into a file that "pm install" takes',
  operands: '[folder]',
  operandsHelp: 'The folder is this one when it is not given. node_modules and .git are left out.',
  example: ['pm package ./my-module', 'writes my-module-v1-0-0.tar.gz here'],
  run: async ({ operands: [folder = '.'] }, { cwd, out }) => {
    const from = resolve(cwd, folder);
    const manifest = await readManifest(from);
    if (!manifest.ok) return out.problem(manifest.problem);
    const { name, version } = manifest.value;
    if (typeof name !== 'string' || typeof version !== 'string') {
      const reason = 'a module has a "name" and a "version"';
      return out.problem(problem('config/malformed', { path: join(from, 'package.json'), reason }));
    }
    const file = `${name.replace(/^@/, '').replaceAll('/', '-')}-v${version.replaceAll('.', '-')}.tar.gz`;
    const copy = await mkdtemp(join(tmpdir(), 'pm-package-'));
    try {
      const filter = (path: string) => !LEFT_OUT.includes(basename(path)) || path === from;
      await cp(from, join(copy, 'module'), { recursive: true, filter }); // the one folder that PM2 expects
      const packed = await runTool('tar', ['-czf', join(cwd, file), '-C', copy, 'module'], { cwd });
      if (!packed.ok) return out.problem(packed.problem);
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
    out.note(`Module ${name} packed into ${join(cwd, file)}`);
    return 0;
  },
});
