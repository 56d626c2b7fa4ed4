import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { problem } from '../../shared/problems.ts';
import { defineCommand } from '../command.ts';
import { moduleTemplate } from '../modules/module-template.ts';

export default defineCommand({
  summary: 'Write the files of a new module',
  operands: '[name]',
  operandsHelp: 'Into a folder of that name; it must not be there yet.',
  example: ['pm module:generate my-module', 'then "pm install ./my-module" runs it'],
  run: async ({ operands: [name = 'sample-module'] }, { cwd, out }) => {
    const folder = resolve(cwd, name);
    try {
      await mkdir(folder);
      for (const [file, text] of Object.entries(moduleTemplate(basename(folder))))
        await writeFile(join(folder, file), text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return out.problem(problem('usage/invalid', { message: `The module cannot be written: ${reason}.` }));
    }
    out.note(`Module written to ${folder}`);
    return 0;
  },
});
