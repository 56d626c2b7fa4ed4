import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMean } from '../../config/nearest-word.ts';
import { problem } from '../../shared/problems.ts';
import { defineCommand } from '../command.ts';
import { ecosystemTemplate } from '../init/ecosystem-template.ts';
import { projectIn } from '../init/project.ts';

const MODES = ['simple', 'full'];

export default defineCommand({
  summary: 'Write an ecosystem.config.js for the project in this folder',
  operands: '[mode]',
  operandsHelp: '"simple" leaves the second environment and the deployment out.',
  words: MODES,
  options: [{ flags: '-f, --force', help: 'Overwrite the file that is there.' }],
  example: ['pm init simple', 'then "pm start" runs it'],
  run: async ({ operands: [mode = 'full'], options }, { cwd, out }) => {
    if (mode !== 'full' && mode !== 'simple') {
      const message = `There is no ecosystem file called "${mode}".${didYouMean(mode, MODES)}`;
      return out.problem(problem('usage/invalid', { message }));
    }
    const path = join(cwd, 'ecosystem.config.js');
    try {
      await writeFile(path, ecosystemTemplate(projectIn(cwd), mode), { flag: options.force ? 'w' : 'wx' });
    } catch (error) {
      return out.problem(notWritten(path, error));
    }
    out.line(`File ${path} generated`);
    return 0;
  },
});

function notWritten(path: string, error: unknown) {
  const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
  if (exists) {
    return problem('usage/invalid', { message: `File ${path} exists already.`, hint: '--force overwrites it.' });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return problem('usage/invalid', { message: `File ${path} cannot be written: ${reason}.` });
}
