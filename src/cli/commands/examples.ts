import { defineCommand } from '../command.ts';
import { commands } from './index.ts';

const SHOWN = ['start', 'list', 'logs', 'reload', 'scale', 'save', 'startup', 'monit', 'delete', 'import'];

export default defineCommand({
  summary: 'Show what is typed most',
  example: ['pm examples', 'an example of each of the main commands'],
  run: async (_input, { out }) => {
    for (const { names, load } of commands.filter(({ names }) => SHOWN.includes(names[0]))) {
      const { default: command } = await load();
      const [line, effect] = command.example;
      out.line(`${names[0]}: ${command.summary}\n  $ ${line}\n    ${effect}\n`);
    }
    return 0;
  },
});
