import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { readManifest } from '../modules/module-specs.ts';
import { runTool } from '../run-tool.ts';

export default defineCommand({
  summary: 'Raise the version of a module by a patch, and publish it by npm',
  operands: '[folder]',
  operandsHelp: 'The folder is this one when it is not given. When npm fails, the version is as it was.',
  options: [{ flags: '--npm', help: 'Of PM2: npm is what it is published by in any case.' }],
  example: ['pm publish', 'npm version patch, npm publish'],
  run: async ({ operands: [folder = '.'] }, { cwd, out }) => {
    const from = resolve(cwd, folder);
    const manifest = await readManifest(from);
    if (!manifest.ok) return out.problem(manifest.problem);
    const raise = (to: string) =>
      runTool('npm', ['version', to, '--no-git-tag-version', '--allow-same-version'], { cwd: from });
    const raised = await raise('patch');
    const published = raised.ok ? await runTool('npm', ['publish'], { cwd: from }) : raised;
    if (published.ok) {
      out.note(`Module ${manifest.value.name} published`);
      return 0;
    }
    if (raised.ok) await raise(String(manifest.value.version));
    return out.problem(published.problem);
  },
});
